// Command servers starts what Rancher stands on, on loopback ports of this machine: etcd, kube-apiserver and, if wanted, Steve.
//
// It is every one of them itself: it starts itself again in a role. The first line of its input says what is wanted (see wish); a
// line out then says where the servers are (see addresses), and each further line is a question that gets one line of answer. When
// the input ends, or on a signal, it stops them all and leaves no file.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// wish is the first line.
type wish struct {
	// In is the folder to make a directory in, for as long as the servers run.
	In    string `json:"in"`
	Users users  `json:"users"`
	// Objects are there before Steve starts.
	Objects []*unstructured.Unstructured `json:"objects"`
	Steve   bool                         `json:"steve"`
}

// question is about a kube-apiserver besides the first, on the same etcd and with arguments of its own.
type question struct {
	Start *struct {
		Arguments []string `json:"arguments"`
		// Serving is set where it need not be ready.
		Serving bool `json:"serving"`
	} `json:"start"`
	// Stop is the URL of one.
	Stop string `json:"stop"`
}

// answer says where a kube-apiserver is that came up, or how one ended that didn't.
type answer struct {
	URL           string   `json:"url,omitempty"`
	Log           string   `json:"log,omitempty"`
	Exit          *int     `json:"exit,omitempty"`
	Reasons       []string `json:"reasons,omitempty"`
	ProtocolError string   `json:"protocolError,omitempty"`
}

func main() {
	if len(os.Args) > 1 {
		role, known := roles[os.Args[1]]
		if !known {
			os.Exit(complain(fmt.Errorf("there is no role %q", os.Args[1])))
		}
		endWithParent()
		os.Exit(role(os.Args[2:]))
	}
	if err := serve(); err != nil {
		os.Exit(complain(err))
	}
}

// serve is the life of the servers: it returns when nobody needs them any more.
func serve() (err error) {
	// Who asked may be gone when the answer comes, and then all of it has to be stopped.
	signal.Ignore(syscall.SIGPIPE)
	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	lines, ended := readLines()
	answers := make(chan answer, 1)
	all := &servers{}
	defer func() {
		if failure := all.stop(); err == nil {
			err = failure
		}
	}()

	out := json.NewEncoder(os.Stdout)
	started := make(chan error, 1)
	var died <-chan error
	ready := false
	for {
		select {
		case <-stopped:
			return nil
		case err := <-started:
			if err != nil {
				return err
			}
			ready, died = true, all.watch()
			if err := out.Encode(all.addresses()); err != nil {
				return err
			}
		case err := <-died:
			return err
		case <-ended:
			return nil
		case answered := <-answers:
			if err := out.Encode(answered); err != nil {
				return err
			}
		case line := <-lines:
			if ready {
				// One after the other, as they are asked; the end is heard of meanwhile.
				go func() { answers <- all.answerTo(line) }()
				continue
			}
			var wanted wish
			if err := json.Unmarshal(line, &wanted); err != nil {
				return err
			}
			go func() { started <- all.start(wanted) }()
		}
	}
}

// readLines gives the lines of the input, and says when it has ended.
func readLines() (<-chan []byte, <-chan struct{}) {
	lines, ended := make(chan []byte), make(chan struct{})
	go func() {
		defer close(ended)
		in := bufio.NewScanner(os.Stdin)
		in.Buffer(nil, 64<<20)
		for in.Scan() {
			lines <- append([]byte(nil), in.Bytes()...)
		}
	}()
	return lines, ended
}

func (s *servers) answerTo(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{ProtocolError: err.Error()}
	}
	switch {
	case asked.Start != nil && asked.Start.Serving:
		return s.startAnother(whenServing, asked.Start.Arguments)
	case asked.Start != nil:
		return s.startAnother(whenReady, asked.Start.Arguments)
	case asked.Stop != "":
		return s.stopAnother(asked.Stop)
	}
	return answer{ProtocolError: "a line needs start or stop"}
}
