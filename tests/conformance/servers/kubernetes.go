package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// outcome is a kube-apiserver that came up, or one that ended with an exit code and its reasons.
type outcome struct {
	process *process
	url     string
	log     string
	exit    int
	reasons []string
	err     error
}

const (
	// whenReady is what a kube-apiserver answers once everything in it runs.
	whenReady = "/readyz"
	// whenServing is what it answers as soon as it has taken its arguments and files, well before that.
	whenServing = "/livez/ping"
)

// startKubernetes starts a kube-apiserver on our etcd, with arguments besides its own, of which the last of two counts, and waits for an answer.
func (s *servers) startKubernetes(name, path string, more []string) outcome {
	for {
		started := s.tryKubernetes(name, path, more)
		// Somebody else may have taken the port meanwhile.
		if started.process != nil || !strings.Contains(strings.Join(started.reasons, " "), "address already in use") {
			return started
		}
	}
}

func (s *servers) tryKubernetes(name, path string, more []string) outcome {
	ports, err := freePorts(1)
	if err != nil {
		return outcome{err: err}
	}
	url := fmt.Sprintf("https://%s:%d", host, ports[0])
	started, err := s.run(name, "kube-apiserver", append(s.ownArguments(ports[0]), more...)...)
	if err != nil {
		return outcome{err: err}
	}
	err = started.until(func() bool { return s.status(url+path, s.token) == http.StatusOK })
	if err == nil {
		return outcome{process: started, url: url, log: started.log}
	}
	started.stop()
	text, _ := os.ReadFile(started.log)
	ended := outcome{log: started.log, exit: started.command.ProcessState.ExitCode(), reasons: reasonsIn(string(text)), err: explained(started, err)}
	if errors.Is(err, errEnded) {
		return ended
	}
	ended.reasons = append(ended.reasons, err.Error())
	return ended
}

func (s *servers) ownArguments(port int) []string {
	return []string{
		"--etcd-servers=" + s.etcd,
		"--bind-address=" + host, "--advertise-address=" + host, fmt.Sprintf("--secure-port=%d", port),
		"--tls-cert-file=" + s.certificates.certificate, "--tls-private-key-file=" + s.certificates.key,
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + s.certificates.serviceAccountKey, "--service-account-signing-key-file=" + s.certificates.serviceAccountKey,
		"--service-cluster-ip-range=10.0.0.0/24",
		"--token-auth-file=" + s.tokens, "--authorization-mode=RBAC",
		// There is no controller that would make the account of a Pod.
		"--disable-admission-plugins=ServiceAccount",
	}
}

var (
	// Errors of flags are printed bare, later ones by klog: quoted, or in lines of their own.
	bareReason   = regexp.MustCompile(`(?m)^Error: (.*)$`)
	quotedReason = regexp.MustCompile(`"command failed" err=("(?:[^"\\]|\\.)*")`)
	blockReason  = regexp.MustCompile(`"command failed" err=<\n((?:\t.*\n)+) >`)
)

// reasonsIn are the reasons for which a kube-apiserver says that it ended.
func reasonsIn(text string) []string {
	var reasons []string
	for _, match := range bareReason.FindAllStringSubmatch(text, -1) {
		reasons = append(reasons, match[1])
	}
	for _, match := range quotedReason.FindAllStringSubmatch(text, -1) {
		if reason, err := strconv.Unquote(match[1]); err == nil {
			reasons = append(reasons, reason)
		}
	}
	for _, match := range blockReason.FindAllStringSubmatch(text, -1) {
		reasons = append(reasons, strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(match[1], "\t"), "\n\t", "\n"), "\n"))
	}
	return reasons
}

func (s *servers) startAnother(path string, arguments []string) answer {
	s.count++
	started := s.startKubernetes(fmt.Sprintf("kube-apiserver-%d", s.count), path, arguments)
	if started.process == nil {
		if started.log == "" {
			return answer{ProtocolError: started.err.Error()}
		}
		return answer{Exit: &started.exit, Reasons: started.reasons, Log: started.log}
	}
	if s.others == nil {
		s.others = map[string]*process{}
	}
	s.others[started.url] = started.process
	return answer{URL: started.url, Log: started.log}
}

func (s *servers) stopAnother(url string) answer {
	found, known := s.others[url]
	if !known {
		return answer{ProtocolError: "there is no kube-apiserver at " + url}
	}
	found.stop()
	delete(s.others, url)
	return answer{Log: found.log}
}
