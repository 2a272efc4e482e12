package ingest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"

	"code.dny.dev/ssrf"

	"pincite/internal/fault"
)

// statusFault says what a response that is not the page means for the user.
func statusFault(resp *http.Response, host string) error {
	code := resp.StatusCode
	switch {
	case code == http.StatusOK:
		if enc := resp.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
			return fault.New(fault.Unreadable, "%s sends the page packed in a way that was not asked for: save the page and give the file.", host)
		}
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return fault.New(fault.NotFound, "%s has no such page (%d): check the address.", host, code)
	case code == http.StatusUnauthorized || code == http.StatusPaymentRequired || code == http.StatusForbidden || code == http.StatusUnavailableForLegalReasons:
		return fault.New(fault.Unreadable, "%s does not show that page to everyone (%d): save it and give the file.", host, code)
	case code == http.StatusTooManyRequests || code >= 500:
		return fault.New(fault.Busy, "%s cannot send the page now (%d): try again later.", host, code)
	}
	return fault.New(fault.Unreadable, "%s did not send the page (%d): save it and give the file.", host, code)
}

// fetchFault says what an error of the network means for the user.
func fetchFault(ctx context.Context, err error, host string) error {
	var (
		dns       *net.DNSError
		unknown   x509.UnknownAuthorityError
		invalid   x509.CertificateInvalidError
		wrongName x509.HostnameError
		cert      *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		timeout   net.Error
	)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return fault.Wrap(fault.Busy, err, "Fetching from %s was cancelled.", host)
	case errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, errPort):
		return fault.Wrap(fault.Forbidden, err, "%s leads to a port other than 80 and 443, which is not fetched: save the page and give the file.", host)
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return fault.Wrap(fault.Forbidden, err, "%s leads to an address that is not public, which is not fetched: save the page and give the file.", host)
	case errors.Is(err, errRedirects):
		return fault.Wrap(fault.Unreadable, err, "%s redirects more than %d times: give the address where the page is in the end.", host, maxRedirects)
	case errors.Is(err, errScheme), errors.Is(err, errHost), errors.Is(err, errUser):
		return fault.Wrap(fault.Forbidden, err, "%s redirects to what is no web page: give another address, or the file.", host)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fault.Wrap(fault.NotFound, err, "There is no site %s: check the address.", host)
	case errors.As(err, &dns):
		return fault.Wrap(fault.Busy, err, "%s could not be looked up: try again later.", host)
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &wrongName), errors.As(err, &cert):
		return fault.Wrap(fault.Unreadable, err, "%s has no valid certificate: save the page and give the file.", host)
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return fault.Wrap(fault.Unreadable, err, "%s does not answer as a web site does: check the address.", host)
	case errors.Is(err, errStall), errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault.Wrap(fault.Busy, err, "%s took too long to send the page: try again later, or give the file.", host)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return fault.Wrap(fault.Busy, err, "%s cannot be reached: try again later.", host)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return fault.Wrap(fault.Unreadable, err, "%s ended the page before it was complete: try again, or give the file.", host)
	}
	return fault.Wrap(fault.Unreadable, err, "The page could not be fetched from %s: save it and give the file.", host)
}
