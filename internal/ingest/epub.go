package ingest

// EPUB is the format of electronic books.
const EPUB Format = "epub"
