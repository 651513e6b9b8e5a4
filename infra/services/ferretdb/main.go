// A MongoDB server in one binary: FerretDB over SQLite files. Usage: ferretdb ADDRESS FOLDER
package main

import (
	"context"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:  "sqlite",
		// A power cut may take the last writes, the end of the process takes none.
		SQLiteURL: "file:" + os.Args[2] + "/?_pragma=synchronous(off)",
		Logger:    logger,
	})
	if err != nil {
		exit(logger, err)
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		exit(logger, err)
	}
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		// The address is known once the server runs.
		inner, _ := url.Parse(server.MongoDBURI())
		(&gate{server: inner.Host}).serve(listener)
	}()
	server.Run(stopped)
}

func exit(logger *slog.Logger, err error) {
	logger.Error(err.Error())
	os.Exit(1)
}
