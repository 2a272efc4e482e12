// Package floors holds the house plan and the test that the code keeps to it.
//
// Every package stands on a floor and imports only packages on lower floors,
// so that a question goes straight down through the house and its answer comes
// straight back up. plan_test.go is the plan: which package stands where, who
// alone imports which library, who alone reads the environment. A new package
// gets a row there, on the lowest floor above everything that it imports.
//
// The package has no code of its own outside its tests.
package floors
