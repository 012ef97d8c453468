package main

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
	"time"

	auditapi "k8s.io/apiserver/pkg/apis/audit"
	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/audit/policy"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/klog/v2"
)

// request is a request's attributes; an absent user is none, other absent strings are empty.
type request struct {
	User   *string  `json:"user"`
	Groups []string `json:"groups"`
	Verb   string   `json:"verb"`
	// ResourceRequest, when absent, is true exactly when there is no path.
	ResourceRequest *bool   `json:"resourceRequest"`
	APIGroup        string  `json:"apiGroup"`
	Resource        string  `json:"resource"`
	Subresource     string  `json:"subresource"`
	Namespace       string  `json:"namespace"`
	Name            string  `json:"name"`
	Path            *string `json:"path"`
}

type decision struct {
	Level             string   `json:"level"`
	Rule              *int     `json:"rule"`
	OmitStages        []string `json:"omitStages"`
	OmitManagedFields bool     `json:"omitManagedFields"`
}

type answer struct {
	Accepted  bool           `json:"accepted"`
	Error     *string        `json:"error"`
	Warnings  []string       `json:"warnings"`
	Policy    map[string]any `json:"policy,omitempty"`
	Decisions []decision     `json:"decisions,omitempty"`
}

// warningPrefix is what the loader writes before the strict decoding errors.
const warningPrefix = "Audit policy contains errors, falling back to lenient decoding: "

// schemeName depends on where the binary was built, and says nothing about the policy.
var schemeName = regexp.MustCompile(` in scheme "[^"]*"`)

// judge loads a policy as kube-apiserver does and lets its evaluator decide the requests.
func judge(text string, requests []request, log *bytes.Buffer) answer {
	log.Reset()
	loaded, err := policy.LoadPolicyFromBytes([]byte(text))
	klog.Flush()
	if err != nil {
		message := schemeName.ReplaceAllString(err.Error(), "")
		return answer{Error: &message, Warnings: []string{}}
	}
	a := answer{Accepted: true, Warnings: []string{}, Policy: canonicalPolicy(loaded), Decisions: []decision{}}
	if text := strings.TrimSpace(log.String()); text != "" {
		a.Warnings = append(a.Warnings, strings.TrimPrefix(text, warningPrefix))
	}
	alone := rulesAlone(loaded)
	whole := policy.NewPolicyRuleEvaluator(loaded)
	for _, r := range requests {
		attributes := attributesOf(r)
		config := whole.EvaluatePolicyRule(attributes)
		stages := []string{}
		for _, stage := range config.OmitStages {
			stages = append(stages, string(stage))
		}
		sort.Strings(stages)
		a.Decisions = append(a.Decisions, decision{string(config.Level), firstRule(alone, attributes), stages, config.OmitManagedFields})
	}
	return a
}

// rulesAlone gives an evaluator for each rule that answers Metadata exactly where the rule matches.
func rulesAlone(p *auditapi.Policy) []audit.PolicyRuleEvaluator {
	evaluators := make([]audit.PolicyRuleEvaluator, len(p.Rules))
	for i := range p.Rules {
		rule := *p.Rules[i].DeepCopy()
		rule.Level = auditapi.LevelMetadata
		evaluators[i] = policy.NewPolicyRuleEvaluator(&auditapi.Policy{Rules: []auditapi.PolicyRule{rule}})
	}
	return evaluators
}

func firstRule(alone []audit.PolicyRuleEvaluator, attributes authorizer.Attributes) *int {
	for i := range alone {
		if alone[i].EvaluatePolicyRule(attributes).Level == auditapi.LevelMetadata {
			return &i
		}
	}
	return nil
}

func attributesOf(r request) authorizer.AttributesRecord {
	a := authorizer.AttributesRecord{Verb: r.Verb, APIGroup: r.APIGroup, Resource: r.Resource, Subresource: r.Subresource, Namespace: r.Namespace, Name: r.Name, ResourceRequest: r.Path == nil}
	if r.Path != nil {
		a.Path = *r.Path
	}
	if r.ResourceRequest != nil {
		a.ResourceRequest = *r.ResourceRequest
	}
	if r.User != nil {
		a.User = &user.DefaultInfo{Name: *r.User, Groups: r.Groups}
	}
	return a
}

type measurement struct {
	Decisions         int     `json:"decisions"`
	NanosecondsPerOne float64 `json:"nanosecondsPerDecision"`
}

// measure lets the evaluator decide the requests over and over.
func measure(text string, requests []request, duration time.Duration) any {
	loaded, err := policy.LoadPolicyFromBytes([]byte(text))
	if err != nil {
		return map[string]string{"protocolError": err.Error()}
	}
	evaluator := policy.NewPolicyRuleEvaluator(loaded)
	attributes := make([]authorizer.Attributes, len(requests))
	for i, r := range requests {
		attributes[i] = attributesOf(r)
	}
	count := 0
	start := time.Now()
	for time.Since(start) < duration {
		for range 1000 {
			for _, a := range attributes {
				evaluator.EvaluatePolicyRule(a)
			}
		}
		count += 1000 * len(attributes)
	}
	return measurement{count, float64(time.Since(start).Nanoseconds()) / float64(count)}
}
