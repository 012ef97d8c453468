package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

var definitions = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}

// create creates objects in their order, and definitions of resources before all others.
func create(objects []*unstructured.Unstructured, at *rest.Config) error {
	client, err := dynamic.NewForConfig(at)
	if err != nil {
		return err
	}
	for _, object := range objects {
		if isDefinition(object) {
			if _, err := client.Resource(definitions).Create(context.Background(), object, metav1.CreateOptions{}); err != nil {
				return err
			}
		}
	}
	for _, object := range objects {
		if isDefinition(object) {
			if err := untilServed(client, object); err != nil {
				return err
			}
		}
	}

	known, err := discovery.NewDiscoveryClientForConfig(at)
	if err != nil {
		return err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(known))
	for _, object := range objects {
		if isDefinition(object) {
			continue
		}
		kind := object.GroupVersionKind()
		mapping, err := mappingOf(mapper, kind)
		if err != nil {
			return err
		}
		if err := createOne(client.Resource(mapping.Resource).Namespace(object.GetNamespace()), object); err != nil {
			return fmt.Errorf("%s %s: %w", kind.Kind, object.GetName(), err)
		}
	}
	return nil
}

// mappingOf waits until discovery knows a kind, which on a busy machine follows a while after it is served.
func mappingOf(mapper *restmapper.DeferredDiscoveryRESTMapper, kind schema.GroupVersionKind) (*meta.RESTMapping, error) {
	for deadline := time.Now().Add(patience); ; time.Sleep(pause) {
		mapping, err := mapper.RESTMapping(kind.GroupKind(), kind.Version)
		if !meta.IsNoMatchError(err) || time.Now().After(deadline) {
			return mapping, err
		}
		mapper.Reset()
	}
}

// createOne creates an object with its status, which a type may keep apart.
func createOne(in dynamic.ResourceInterface, object *unstructured.Unstructured) error {
	created, err := in.Create(context.Background(), object, metav1.CreateOptions{})
	// kube-apiserver makes some namespaces itself.
	if apierrors.IsAlreadyExists(err) && object.GetKind() == "Namespace" {
		return nil
	}
	status, has := object.Object["status"]
	if err != nil || !has || reflect.DeepEqual(created.Object["status"], status) {
		return err
	}
	created.Object["status"] = status
	_, err = in.UpdateStatus(context.Background(), created, metav1.UpdateOptions{})
	return err
}

func isDefinition(object *unstructured.Unstructured) bool {
	return object.GetKind() == "CustomResourceDefinition"
}

// untilServed waits until a definition's objects can be listed: it is established before its storage is ready.
func untilServed(client dynamic.Interface, definition *unstructured.Unstructured) error {
	group, _, _ := unstructured.NestedString(definition.Object, "spec", "group")
	plural, _, _ := unstructured.NestedString(definition.Object, "spec", "names", "plural")
	versions, _, _ := unstructured.NestedSlice(definition.Object, "spec", "versions")
	for _, each := range versions {
		version, _, _ := unstructured.NestedString(each.(map[string]any), "name")
		resource := schema.GroupVersionResource{Group: group, Version: version, Resource: plural}
		for deadline := time.Now().Add(patience); ; time.Sleep(pause) {
			_, err := client.Resource(resource).List(context.Background(), metav1.ListOptions{Limit: 1})
			if err == nil {
				break
			}
			if time.Now().After(deadline) {
				return fmt.Errorf("%s is not served: %w", definition.GetName(), err)
			}
		}
	}
	return nil
}
