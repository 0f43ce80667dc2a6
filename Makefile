.DEFAULT_GOAL := help
.PHONY: help demo test race faults golden generate fuzz bench lint build

GO ?= go
FUZZTIME ?= 60s
FUZZCORES ?= 1
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

help:            ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo:            ## open the app on an invented caseload
	$(GO) run ./cmd/coachdesk demo

test:            ## pass all tests, faults sampled
	$(GO) test ./...

race:            ## the same with the race detector
	$(GO) test -race ./...

faults:          ## every fault, burst and story at full count: minutes
	COACHDESK_FAULTS=full $(GO) test -timeout 60m ./...

golden:          ## accept how screens, notes and records look now
	$(GO) test ./ui/... ./store ./store/document/... -update

generate:        ## write what is made from code: command and key reference, picture
	$(GO) test ./cmd/coachdesk ./ui -run 'Generated' -update

fuzz:            ## every fuzz target for FUZZTIME each
	@for pkg in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x -parallel $(FUZZCORES) $$pkg || exit 1; \
		done; \
	done

bench:           ## the figures that the README and the notes quote; COACHDESK_BENCH=large for all
	$(GO) test -run '^$$' -bench . -benchmem -count 5 ./store ./ui ./ui/caseload ./domain ./cmd/coachdesk

lint:            ## gofmt, vet and, where it is installed, golangci-lint
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	$(GO) vet ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run; else echo "golangci-lint is not installed: gofmt and vet only"; fi

build:           ## cross-build into dist/, without cgo
	@mkdir -p dist
	@for os in linux darwin windows; do for arch in amd64 arm64; do \
		ext=; [ $$os = windows ] && ext=.exe; \
		echo "dist/coachdesk-$$os-$$arch$$ext"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o dist/coachdesk-$$os-$$arch$$ext ./cmd/coachdesk || exit 1; \
	done; done
