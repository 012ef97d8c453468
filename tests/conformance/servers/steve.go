package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/rancher/apiserver/pkg/types"
	"github.com/rancher/steve/pkg/attributes"
	steveauth "github.com/rancher/steve/pkg/auth"
	"github.com/rancher/steve/pkg/schema"
	steve "github.com/rancher/steve/pkg/server"
	"github.com/rancher/steve/pkg/sqlcache/informer/factory"
	"github.com/rancher/wrangler/v3/pkg/ratelimit"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/client-go/tools/clientcmd"
)

// What Rancher answers to a token that nobody has; Steve alone would let it in as system:unauthenticated.
const mustAuthenticate = `{"type":"error","links":{},"code":"Unauthorized","message":"must authenticate","status":401}`

// runSteve serves Steve's API at an address, in front of the kube-apiserver of a kubeconfig, for the users of a file. It
// impersonates them there, so that Kubernetes decides what they may do, as in Rancher.
func runSteve(arguments []string) int {
	if len(arguments) != 3 {
		return complain(fmt.Errorf("steve needs a kubeconfig, an address and the users"))
	}
	users, err := readUsers(arguments[2])
	if err != nil {
		return complain(err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", arguments[0])
	if err != nil {
		return complain(err)
	}
	config.RateLimiter = ratelimit.None
	server, err := steve.New(context.Background(), config, &steve.Options{
		AuthMiddleware: steveauth.ToMiddleware(steveauth.AuthenticatorFunc(users.authenticate)).Chain(refuseStrangers),
		// As many events as Rancher keeps, so that a subscription can be resumed.
		SQLCacheFactoryOptions: factory.CacheFactoryOptions{GCKeepCount: 1000},
	})
	if err != nil {
		return complain(err)
	}
	server.SchemaFactory.AddTemplate(clusterRepos)
	server.SchemaFactory.AddTemplate(withoutWrites)
	listener, err := net.Listen("tcp", arguments[1])
	if err != nil {
		return complain(err)
	}
	return complain(http.Serve(listener, server))
}

// clusterRepos links a chart repository to its charts, which Rancher adds to Steve (rancher pkg/api/steve/catalog).
var clusterRepos = schema.Template{
	Group: "catalog.cattle.io",
	Kind:  "ClusterRepo",
	Formatter: func(request *types.APIRequest, resource *types.RawResource) {
		for _, link := range []string{"index", "info", "icon"} {
			resource.Links[link] = request.URLBuilder.Link(resource.Schema, resource.ID, link)
		}
	},
}

// withoutWrites blocks writes of Rancher's management types, as Rancher does (rancher pkg/api/steve/disallow).
var withoutWrites = schema.Template{
	Customize: func(customized *types.APISchema) {
		kind := attributes.GVR(customized)
		if kind.Group != "management.cattle.io" || kind.Resource == "podsecurityadmissionconfigurationtemplates" {
			return
		}
		attributes.AddDisallowMethods(customized, http.MethodPatch, http.MethodDelete)
		if kind.Resource != "settings" {
			attributes.AddDisallowMethods(customized, http.MethodPost)
		}
		if kind.Resource != "settings" && kind.Resource != "features" {
			attributes.AddDisallowMethods(customized, http.MethodPut)
		}
	},
}

// authenticate knows users as Rancher does, by a Bearer token or the cookie of a browser.
func (all users) authenticate(req *http.Request) (user.Info, bool, error) {
	token := strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		if cookie, err := req.Cookie("R_SESS"); err == nil {
			token = cookie.Value
		}
	}
	known, ok := all[token]
	if !ok {
		return nil, false, nil
	}
	return &user.DefaultInfo{Name: known.Name, UID: known.Name, Groups: append(known.Groups, user.AllAuthenticated)}, true, nil
}

func refuseStrangers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if known, ok := request.UserFrom(req.Context()); !ok || known.GetName() == "system:unauthenticated" {
			rw.Header().Set("Content-Type", "application/json")
			rw.WriteHeader(http.StatusUnauthorized)
			_, _ = rw.Write([]byte(mustAuthenticate))
			return
		}
		next.ServeHTTP(rw, req)
	})
}
