package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
)

// users are the users by their tokens.
type users map[string]struct {
	Name   string   `json:"name"`
	Groups []string `json:"groups"`
}

func readUsers(file string) (users, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	all := users{}
	return all, json.Unmarshal(text, &all)
}

// write writes them for Steve, which reads them again.
func (all users) write(to *place) (file string, err error) {
	text, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	return to.write("users.json", text)
}

// writeTokens writes them, and the one who may do everything, as kube-apiserver's --token-auth-file wants them.
func (all users) writeTokens(to *place, ownToken string) (file string, err error) {
	rows := [][]string{{ownToken, ownName, ownName, "system:masters"}}
	for token, user := range all {
		rows = append(rows, []string{token, user.Name, user.Name, strings.Join(user.Groups, ",")})
	}
	var text strings.Builder
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		return "", err
	}
	return to.write("tokens.csv", []byte(text.String()))
}
