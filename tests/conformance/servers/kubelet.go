package main

import (
	"fmt"
	"net"
	"net/http"
)

// serveKubelet stands in for the kubelet of a node: a container's log is one line, and each stream ends at once.
func serveKubelet(with *certificates) (port int, err error) {
	listener, err := net.Listen("tcp", host+":0")
	if err != nil {
		return 0, err
	}
	go func() { _ = http.ServeTLS(listener, http.HandlerFunc(answerAsKubelet), with.certificate, with.key) }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

func answerAsKubelet(rw http.ResponseWriter, req *http.Request) {
	protocol := req.Header.Get("Upgrade")
	if protocol == "" {
		fmt.Fprintln(rw, "a line of a log")
		return
	}
	connection, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	defer connection.Close()
	fmt.Fprintf(connection, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n", protocol)
}
