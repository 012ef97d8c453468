package main

import (
	"net/http"
	"net/url"

	"k8s.io/apimachinery/pkg/util/sets"
	apirequest "k8s.io/apiserver/pkg/endpoints/request"
)

type httpRequest struct {
	Method string `json:"method"`
	URL    string `json:"url"`
}

type httpAttributes struct {
	Error           string `json:"error,omitempty"`
	Verb            string `json:"verb"`
	ResourceRequest bool   `json:"resourceRequest"`
	APIGroup        string `json:"apiGroup"`
	Resource        string `json:"resource"`
	Subresource     string `json:"subresource"`
	Namespace       string `json:"namespace"`
	Name            string `json:"name"`
	Path            string `json:"path"`
}

// attributesOfAll takes HTTP requests apart as kube-apiserver does.
func attributesOfAll(requests []httpRequest) map[string][]httpAttributes {
	factory := apirequest.RequestInfoFactory{APIPrefixes: sets.NewString("api", "apis"), GrouplessAPIPrefixes: sets.NewString("api")}
	all := []httpAttributes{}
	for _, r := range requests {
		parsed, err := url.ParseRequestURI(r.URL)
		if err != nil {
			all = append(all, httpAttributes{Error: err.Error()})
			continue
		}
		info, err := factory.NewRequestInfo(&http.Request{Method: r.Method, URL: parsed})
		a := httpAttributes{Verb: info.Verb, ResourceRequest: info.IsResourceRequest, APIGroup: info.APIGroup, Resource: info.Resource, Subresource: info.Subresource, Namespace: info.Namespace, Name: info.Name, Path: info.Path}
		if err != nil {
			a.Error = err.Error()
		}
		all = append(all, a)
	}
	return map[string][]httpAttributes{"attributes": all}
}
