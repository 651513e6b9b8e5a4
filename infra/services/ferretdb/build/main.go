// Builds the server with what MongoDB promises and FerretDB 1 does not. Usage: go run ./build PROGRAM
package main

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A repair of one file of FerretDB: the first text becomes the second.
type repair struct{ file, from, to string }

const oneAtATime = " (*wire.OpMsg, error) {\n\tchanging.Lock()\n\tdefer changing.Unlock()\n"

var repairs = []repair{
	// An update reads the document, changes it and writes it back: of two at once, one would be lost.
	{
		"internal/handler/handler.go",
		"\n// Handler ",
		"\n// changing lets one change be made at a time.\nvar changing sync.Mutex\n\n// Handler ",
	},
	{
		"internal/handler/msg_update.go",
		"MsgUpdate(connCtx context.Context, msg *wire.OpMsg) (*wire.OpMsg, error) {\n",
		"MsgUpdate(connCtx context.Context, msg *wire.OpMsg)" + oneAtATime,
	},
	{
		"internal/handler/msg_findandmodify.go",
		"MsgFindAndModify(connCtx context.Context, msg *wire.OpMsg) (*wire.OpMsg, error) {\n",
		"MsgFindAndModify(connCtx context.Context, msg *wire.OpMsg)" + oneAtATime,
	},
	{
		"internal/handler/msg_delete.go",
		"MsgDelete(connCtx context.Context, msg *wire.OpMsg) (*wire.OpMsg, error) {\n",
		"MsgDelete(connCtx context.Context, msg *wire.OpMsg)" + oneAtATime,
	},
	// Only by its id alone is a document found without reading all of them.
	{
		"internal/backends/sqlite/collection.go",
		"if params.Filter.Len() == 1 {",
		"if params.Filter.Len() > 0 {",
	},
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./build PROGRAM")
	}
	work, err := os.MkdirTemp("", "ferretdb-")
	must(err)
	defer os.RemoveAll(work)

	cached := run("go", "list", "-m", "-f", "{{.Dir}}", "github.com/FerretDB/FerretDB")
	folder := filepath.Join(work, "ferretdb")
	run("cp", "-r", strings.TrimSpace(cached), folder)
	run("chmod", "-R", "u+w", folder)
	for _, repair := range repairs {
		file := filepath.Join(folder, repair.file)
		source, err := os.ReadFile(file)
		must(err)
		if !strings.Contains(string(source), repair.from) {
			log.Fatalf("%s is not the file that can be repaired", repair.file)
		}
		must(os.WriteFile(file, []byte(strings.Replace(string(source), repair.from, repair.to, 1)), 0o600))
	}
	module := filepath.Join(work, "go.mod")
	run("cp", "go.mod", "go.sum", work)
	run("go", "mod", "edit", "-replace", "github.com/FerretDB/FerretDB="+folder, module)
	run("go", "build", "-modfile", module, "-tags", "ferretdb_no_postgresql", "-o", os.Args[1], ".")
}

func run(name string, args ...string) string {
	command := exec.Command(name, args...)
	command.Stderr = os.Stderr
	output, err := command.Output()
	must(err)
	return string(output)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
