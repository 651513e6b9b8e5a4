package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
)

// FerretDB 1 answers an update by reading the document, changing it and writing it back, so that of two updates at
// once one may be lost. MongoDB loses none. The gate stands in front and lets one change through at a time.
type gate struct {
	server   string
	changing sync.Mutex
}

// Message layout: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
const (
	headerLength  = 16
	longest       = 48_000_000
	opMsg         = 2013
	flagMoreComes = 1 << 1
	bodyAt        = headerLength + 4 + 1
	nameAt        = bodyAt + 4 + 1
)

// serve passes connections on until the listener is closed.
func (g *gate) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go g.pass(client)
	}
}

func (g *gate) pass(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", g.server)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		request, err := readMessage(client)
		if err != nil {
			return
		}
		answer, err := g.ask(server, request)
		if err != nil {
			return
		}
		if _, err := client.Write(answer); err != nil {
			return
		}
	}
}

func (g *gate) ask(server net.Conn, request []byte) ([]byte, error) {
	if isChange(request) {
		g.changing.Lock()
		defer g.changing.Unlock()
	}
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	if isCommand(request) && binary.LittleEndian.Uint32(request[headerLength:])&flagMoreComes != 0 {
		// Whoever sends more does not wait for an answer.
		return nil, nil
	}
	return readMessage(server)
}

func readMessage(from io.Reader) ([]byte, error) {
	header := make([]byte, headerLength)
	if _, err := io.ReadFull(from, header); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(header)
	if length < headerLength || length > longest {
		return nil, errors.New("no message of MongoDB")
	}
	message := append(header, make([]byte, length-headerLength)...)
	_, err := io.ReadFull(from, message[headerLength:])
	return message, err
}

func isCommand(message []byte) bool {
	return len(message) > nameAt && binary.LittleEndian.Uint32(message[12:]) == opMsg
}

// isChange tells by the name of the command, which is the first field of its document.
func isChange(message []byte) bool {
	if !isCommand(message) {
		return false
	}
	name, _, _ := bytes.Cut(message[nameAt:], []byte{0})
	switch string(name) {
	case "update", "findAndModify", "findandmodify", "delete":
		return true
	}
	return false
}
