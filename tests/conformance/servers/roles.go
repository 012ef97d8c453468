package main

import (
	"fmt"
	"io"
	"net/url"
	"os"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

// roles are what this program can be; each runs until it is killed, or gives its exit code.
var roles = map[string]func(arguments []string) int{
	"etcd":           runEtcd,
	"kube-apiserver": runKubeAPIServer,
	"steve":          runSteve,
}

// endWithParent ends this process with the one that started it, however that ends: its end of the pipe is then closed.
func endWithParent() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
}

// runEtcd serves in a directory, at a URL for clients and one for peers that it doesn't have. What it holds need not outlive it.
func runEtcd(arguments []string) int {
	if len(arguments) != 3 {
		return complain(fmt.Errorf("etcd needs a directory and two URLs"))
	}
	client, clientErr := url.Parse(arguments[1])
	peer, peerErr := url.Parse(arguments[2])
	if clientErr != nil || peerErr != nil {
		return complain(fmt.Errorf("no URLs: %v", arguments[1:]))
	}
	config := embed.NewConfig()
	config.Dir = arguments[0]
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{*client}, []url.URL{*client}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{*peer}, []url.URL{*peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.UnsafeNoFsync = true
	config.LogLevel = "warn"
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return complain(err)
	}
	return complain(<-etcd.Err())
}

func runKubeAPIServer(arguments []string) int {
	os.Args = append([]string{"kube-apiserver"}, arguments...)
	return cli.Run(app.NewAPIServerCommand())
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}
