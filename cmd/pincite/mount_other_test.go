//go:build !linux

package main

import "errors"

func canMount() bool { return false }

func mountSmall(string, string) (func(), error) { return nil, errors.ErrUnsupported }

func mountReadOnly(string) (func(), error) { return nil, errors.ErrUnsupported }
