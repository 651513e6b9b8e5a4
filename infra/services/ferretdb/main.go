// A MongoDB server in one binary: FerretDB over SQLite files. Usage: ferretdb ADDRESS FOLDER
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{TCP: os.Args[1]},
		Handler:  "sqlite",
		// A power cut may take the last writes, the end of the process takes none.
		SQLiteURL: "file:" + os.Args[2] + "/?_pragma=synchronous(off)",
		Logger:    logger,
	})
	if err != nil {
		logger.Error(err.Error())
		os.Exit(1)
	}
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server.Run(stopped)
}
