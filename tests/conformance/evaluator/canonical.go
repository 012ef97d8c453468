package main

import auditapi "k8s.io/apiserver/pkg/apis/audit"

// canonicalPolicy is what a policy says, without what says nothing: empty lists, empty strings and false, but for a rule's
// own omitManagedFields, where false differs from nothing.
func canonicalPolicy(p *auditapi.Policy) map[string]any {
	rules := []any{}
	for _, r := range p.Rules {
		rule := map[string]any{}
		putString(rule, "level", string(r.Level))
		putList(rule, "users", r.Users)
		putList(rule, "userGroups", r.UserGroups)
		putList(rule, "verbs", r.Verbs)
		putList(rule, "resources", canonicalGroups(r.Resources))
		putList(rule, "namespaces", r.Namespaces)
		putList(rule, "nonResourceURLs", r.NonResourceURLs)
		putList(rule, "omitStages", r.OmitStages)
		if r.OmitManagedFields != nil {
			rule["omitManagedFields"] = *r.OmitManagedFields
		}
		rules = append(rules, rule)
	}
	canonical := map[string]any{"rules": rules}
	putList(canonical, "omitStages", p.OmitStages)
	if p.OmitManagedFields {
		canonical["omitManagedFields"] = true
	}
	return canonical
}

func canonicalGroups(groups []auditapi.GroupResources) []any {
	canonical := []any{}
	for _, g := range groups {
		group := map[string]any{}
		putString(group, "group", g.Group)
		putList(group, "resources", g.Resources)
		putList(group, "resourceNames", g.ResourceNames)
		canonical = append(canonical, group)
	}
	return canonical
}

func putString(target map[string]any, name, value string) {
	if value != "" {
		target[name] = value
	}
}

func putList[Item any](target map[string]any, name string, list []Item) {
	if len(list) > 0 {
		target[name] = list
	}
}
