module cluster-audit-log/tests/conformance/evaluator

go 1.26
