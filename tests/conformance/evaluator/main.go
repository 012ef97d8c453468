// Command evaluator answers what the real kube-apiserver would say about audit policies and requests.
//
// It reads JSON lines on standard input and writes one answer a line, in order: the same protocol as `cluster-audit batch`.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"k8s.io/klog/v2"
)

// question is one input line: a policy with requests, or HTTP requests to take apart.
type question struct {
	Policy   *string       `json:"policy"`
	Requests []request     `json:"requests"`
	HTTP     []httpRequest `json:"http"`
}

func main() {
	seconds := flag.Float64("bench", 0, "measure decisions of the policy and the requests of each line for so many seconds")
	flag.Parse()

	log := capturedLog()
	out := bufio.NewWriter(os.Stdout)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			answer := answerTo(line, log, time.Duration(*seconds*float64(time.Second)))
			if err := json.NewEncoder(out).Encode(answer); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			if in.Buffered() == 0 {
				_ = out.Flush()
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	_ = out.Flush()
}

func answerTo(line []byte, log *bytes.Buffer, bench time.Duration) any {
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		return map[string]string{"protocolError": err.Error()}
	}
	if q.HTTP != nil {
		return attributesOfAll(q.HTTP)
	}
	if q.Policy == nil {
		return map[string]string{"protocolError": "a line needs a policy or http"}
	}
	if bench > 0 {
		return measure(*q.Policy, q.Requests, bench)
	}
	return judge(*q.Policy, q.Requests, log)
}

// capturedLog makes klog write into a buffer, as bare messages.
func capturedLog() *bytes.Buffer {
	var log bytes.Buffer
	flags := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(flags)
	_ = flags.Parse([]string{"-logtostderr=false", "-alsologtostderr=false", "-stderrthreshold=FATAL", "-skip_headers=true", "-one_output=true"})
	klog.SetOutput(&log)
	return &log
}
