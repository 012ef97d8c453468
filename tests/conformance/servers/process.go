package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

const (
	// patience is how long a server may take on a busy machine.
	patience = 3 * time.Minute
	// pause is how long to wait before asking again.
	pause = 25 * time.Millisecond
)

// process is this program in one of its roles.
type process struct {
	command *exec.Cmd
	log     string
	ended   chan struct{}
}

// startProcess starts a role in the directory of the place; what it prints goes to a file there.
func (p *place) startProcess(name, role string, arguments ...string) (*process, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	started := &process{exec.Command(program, append([]string{role}, arguments...)...), p.path(name + ".log"), make(chan struct{})}
	output, err := os.Create(started.log)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	started.command.Dir = p.directory
	// They start often and end soon: collecting garbage as often as a server that stays takes a seventh of their time.
	started.command.Env = append(os.Environ(), "GOGC=400")
	started.command.Stdout, started.command.Stderr = output, output
	// Nothing is written to it: it is closed when this process ends.
	if _, err := started.command.StdinPipe(); err != nil {
		return nil, err
	}
	if err := started.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = started.command.Wait()
		close(started.ended)
	}()
	return started, nil
}

// stop kills: asked politely, a kube-apiserver waits for minutes for an etcd that has ended before it.
func (p *process) stop() {
	_ = p.command.Process.Kill()
	<-p.ended
}

// until waits for a condition; it gives up when the process ends.
func (p *process) until(holds func() bool) error {
	deadline := time.Now().Add(patience)
	for !holds() {
		select {
		case <-p.ended:
			return errEnded
		case <-time.After(pause):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s: not ready after %v", p.command.Args[1], patience)
		}
	}
	select {
	case <-p.ended:
		// Somebody else has answered on its port.
		return errEnded
	default:
		return nil
	}
}

var errDied = fmt.Errorf("ended by itself")

var errEnded = fmt.Errorf("ended before it was ready")

// freePorts are ports that nobody listens on now.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", host+":0")
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
