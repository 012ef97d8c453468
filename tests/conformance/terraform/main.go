// What Terraform makes of a directory of files, but for its providers: the values of all blocks.
//
// A line in has the files by their names; a line out has the values, whether the layout is that of `terraform fmt`, or an error.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type question struct {
	Files map[string]string `json:"files"`
}

type answer struct {
	Blocks    []block `json:"blocks"`
	Formatted bool    `json:"formatted"`
	Error     string  `json:"error,omitempty"`
}

type block struct {
	Type       string                     `json:"type"`
	Labels     []string                   `json:"labels"`
	Attributes map[string]json.RawMessage `json:"attributes"`
	Blocks     []block                    `json:"blocks"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if err := out.Encode(answerTo(asked)); err != nil {
			panic(err)
		}
	}
}

func answerTo(asked question) answer {
	bodies, formatted, err := parse(asked.Files)
	if err != nil {
		return answer{Error: err.Error()}
	}
	// The name of a resource is a value of its own; all else may refer to it.
	context := contextOf(asked.Files)
	names := map[string]map[string]cty.Value{}
	for _, body := range bodies {
		for _, resource := range body.Blocks {
			if name, ok := resource.Body.Attributes["name"]; ok && len(resource.Labels) == 2 {
				if value, diagnostics := name.Expr.Value(context); !diagnostics.HasErrors() {
					if names[resource.Labels[0]] == nil {
						names[resource.Labels[0]] = map[string]cty.Value{}
					}
					names[resource.Labels[0]][resource.Labels[1]] = cty.ObjectVal(map[string]cty.Value{"name": value})
				}
			}
		}
	}
	for kind, resources := range names {
		context.Variables[kind] = cty.ObjectVal(resources)
	}
	result := answer{Formatted: formatted, Blocks: []block{}}
	for _, body := range bodies {
		for _, inner := range body.Blocks {
			value, err := evaluate(inner, context)
			if err != nil {
				return answer{Error: err.Error()}
			}
			result.Blocks = append(result.Blocks, value)
		}
	}
	return result
}

func parse(files map[string]string) ([]*hclsyntax.Body, bool, error) {
	names := make([]string, 0, len(files))
	for name := range files {
		if strings.HasSuffix(name, ".tf") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	formatted := true
	var bodies []*hclsyntax.Body
	for _, name := range names {
		text := []byte(files[name])
		file, diagnostics := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
		if diagnostics.HasErrors() {
			return nil, false, diagnostics
		}
		formatted = formatted && bytes.Equal(hclwrite.Format(text), text)
		bodies = append(bodies, file.Body.(*hclsyntax.Body))
	}
	return bodies, formatted, nil
}

func evaluate(from *hclsyntax.Block, context *hcl.EvalContext) (block, error) {
	result := block{Type: from.Type, Labels: from.Labels, Attributes: map[string]json.RawMessage{}, Blocks: []block{}}
	for name, attribute := range from.Body.Attributes {
		value, diagnostics := attribute.Expr.Value(context)
		if diagnostics.HasErrors() {
			return block{}, diagnostics
		}
		text, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			return block{}, err
		}
		result.Attributes[name] = text
	}
	for _, inner := range from.Body.Blocks {
		value, err := evaluate(inner, context)
		if err != nil {
			return block{}, err
		}
		result.Blocks = append(result.Blocks, value)
	}
	return result, nil
}

func contextOf(files map[string]string) *hcl.EvalContext {
	return &hcl.EvalContext{
		Variables: map[string]cty.Value{"path": cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal(".")})},
		Functions: map[string]function.Function{
			"yamlencode": ctyyaml.YAMLEncodeFunc,
			"file": onText(func(path string) (string, error) {
				text, ok := files[strings.TrimPrefix(path, "./")]
				if !ok {
					return "", fmt.Errorf("there is no file %q", path)
				}
				return text, nil
			}),
			"base64decode": onText(func(text string) (string, error) {
				decoded, err := base64.StdEncoding.DecodeString(text)
				if err == nil && !utf8.Valid(decoded) {
					err = fmt.Errorf("the result is not valid UTF-8")
				}
				return string(decoded), err
			}),
			"base64sha256": onText(func(text string) (string, error) {
				sum := sha256.Sum256([]byte(text))
				return base64.StdEncoding.EncodeToString(sum[:]), nil
			}),
		},
	}
}

func onText(of func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			text, err := of(args[0].AsString())
			return cty.StringVal(text), err
		},
	})
}
