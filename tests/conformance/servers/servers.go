package main

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
)

const (
	host = "127.0.0.1"
	// ownName is who Steve, and this program, are to kube-apiserver.
	ownName = "rancher"
)

// servers are all that run, in the order in which they were started.
type servers struct {
	place        *place
	certificates *certificates
	token        string
	tokens       string
	etcd         string
	kubernetes   string
	steve        string
	kubeletPort  int
	// others are the kube-apiservers besides the first, by their URLs.
	others map[string]*process
	count  int

	mutex   sync.Mutex
	running []*process
	stopped bool
}

// addresses is what a user of the servers needs to know.
type addresses struct {
	// Directory is theirs, and so are the files that a user puts there: all of it goes when they stop.
	Directory  string `json:"directory"`
	Kubernetes string `json:"kubernetes"`
	Authority  string `json:"authority"`
	// Certificate and Key are for servers on loopback, which the authority has signed for.
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
	// Token is that of a user who may do everything.
	Token string `json:"token"`
	// KubeletPort is that of the kubelet of every node that has one.
	KubeletPort int    `json:"kubeletPort"`
	Steve       string `json:"steve,omitempty"`
}

func (s *servers) addresses() addresses {
	return addresses{s.place.directory, s.kubernetes, s.certificates.authority, s.certificates.certificate, s.certificates.key, s.token, s.kubeletPort, s.steve}
}

func (s *servers) start(wanted wish) (err error) {
	if s.place, err = newPlace(wanted.In); err != nil {
		return err
	}
	if s.certificates, err = s.place.makeCertificates(); err != nil {
		return err
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return err
	}
	s.token = hex.EncodeToString(random)
	if s.tokens, err = wanted.Users.writeTokens(s.place, s.token); err != nil {
		return err
	}
	if s.kubeletPort, err = serveKubelet(s.certificates); err != nil {
		return err
	}
	if err := again(s.startEtcd); err != nil {
		return err
	}
	first := s.startKubernetes("kube-apiserver", whenReady, nil)
	if first.process == nil {
		return first.err
	}
	s.kubernetes = first.url
	if err := create(wanted.Objects, s.clientConfig()); err != nil || !wanted.Steve {
		return err
	}
	return again(func() error { return s.startSteve(wanted.Users) })
}

// again tries as long as somebody else takes the port first.
func again(start func() error) error {
	for {
		err := start()
		if err == nil || !strings.Contains(err.Error(), "address already in use") {
			return err
		}
	}
}

func (s *servers) startEtcd() error {
	ports, err := freePorts(2)
	if err != nil {
		return err
	}
	s.etcd = fmt.Sprintf("http://%s:%d", host, ports[0])
	etcd, err := s.run("etcd", "etcd", s.place.path("etcd"), s.etcd, fmt.Sprintf("http://%s:%d", host, ports[1]))
	if err != nil {
		return err
	}
	return explained(etcd, etcd.until(func() bool { return s.status(s.etcd+"/health", "") == http.StatusOK }))
}

func (s *servers) startSteve(known users) error {
	users, err := known.write(s.place)
	if err != nil {
		return err
	}
	ports, err := freePorts(1)
	if err != nil {
		return err
	}
	config := fmt.Sprintf("apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts: [{name: c, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: %q, certificate-authority: %q}}]\nusers: [{name: u, user: {token: %q}}]\n", s.kubernetes, s.certificates.authority, s.token)
	kubeconfig, err := s.place.write("kubeconfig", []byte(config))
	if err != nil {
		return err
	}
	address := fmt.Sprintf("%s:%d", host, ports[0])
	steve, err := s.run("steve", "steve", kubeconfig, address, users)
	if err != nil {
		return err
	}
	s.steve = "http://" + address
	// Once it is up it lets nobody in without a token.
	return explained(steve, steve.until(func() bool { return s.status(s.steve+"/v1/schemas", "") == http.StatusUnauthorized }))
}

// run starts a process, unless everything is being stopped already.
func (s *servers) run(name, role string, arguments ...string) (*process, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.stopped {
		return nil, errEnded
	}
	started, err := s.place.startProcess(name, role, arguments...)
	if err == nil {
		s.running = append(s.running, started)
	}
	return started, err
}

// watch tells of the first of the servers that run now which ends by itself: without it the others are of no use.
func (s *servers) watch() <-chan error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	died := make(chan error, len(s.running))
	for _, each := range s.running {
		select {
		case <-each.ended:
			// An attempt that failed, and that another followed.
		default:
			go func() {
				<-each.ended
				died <- explained(each, errDied)
			}()
		}
	}
	return died
}

// stop ends all, the last one first, and removes what they have left.
func (s *servers) stop() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.stopped = true
	for i := len(s.running) - 1; i >= 0; i-- {
		s.running[i].stop()
	}
	if s.place == nil {
		return nil
	}
	return s.place.remove()
}

func (s *servers) clientConfig() *rest.Config {
	return &rest.Config{Host: s.kubernetes, BearerToken: s.token, TLSClientConfig: rest.TLSClientConfig{CAFile: s.certificates.authority}, QPS: -1}
}

// status is that of a GET with a token, or with none; 0 for no answer.
func (s *servers) status(url, token string) int {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: s.certificates.pool}}}
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

// told is how much of what a process has printed last belongs into an error, in bytes.
const told = 4096

// explained adds to an error what the process has printed last.
func explained(process *process, err error) error {
	if err == nil {
		return nil
	}
	text, _ := os.ReadFile(process.log)
	return fmt.Errorf("%s: %w\n%s", process.command.Args[1], err, text[max(0, len(text)-told):])
}
