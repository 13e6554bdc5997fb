package provision

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func env(values map[string]string) Env { return func(name string) string { return values[name] } }

func TestExpandFollowsGrafana(t *testing.T) {
	variables := env(map[string]string{
		"URL": "http://127.0.0.1:8123", "PORT": "8123", "EMPTY": "", "A_B1": "x", "DOLLAR": "p$PORT", "PRICE": "5$$", "HOSTNAME": "gw",
	})
	for _, c := range []struct{ name, in, want string }{
		{"text without a dollar is untouched", "http://localhost", "http://localhost"},
		{"braces", "${URL}", "http://127.0.0.1:8123"},
		{"bare name", "$URL/x", "http://127.0.0.1:8123/x"},
		{"a bare name ends at the first other character", "$PORT-$PORT", "8123-8123"},
		{"names hold digits and underscores", "${A_B1}$A_B1", "xx"},
		{"unset is empty, with braces", "a${NOPE}b", "ab"},
		{"unset is empty, without", "a $NOPE b", "a  b"},
		{"set but empty", "[${EMPTY}]", "[]"},
		{"there are no defaults as in a shell", "${PORT:-9000}", ""},
		{"two dollars are one", "cost: 5$$", "cost: 5$"},
		{"an escaped variable stays", "$${URL}", "${URL}"},
		{"escaped beside expanded", "$$labels ${PORT}", "$labels 8123"},
		{"three dollars: one, then the variable", "$$$PORT", "$8123"},
		{"four dollars are two", "$$$$", "$$"},
		{"a dollar in a value is expanded once more", "${DOLLAR}", "p8123"},
		{"but two dollars in a value are a variable named $", "${PRICE}", "5"},
		{"explicit env expander", "$__env{PORT}", "8123"},
		{"an unknown expander's braces are a variable", "$__vault{a}", "{a}"},
		{"a lone dollar at the end stays", "100$", "100$"},
		{"HOSTNAME that is set", "${HOSTNAME}", "gw"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Expand(c.in, variables)
			if err != nil || got != c.want {
				t.Errorf("Expand(%q) = %q, %v; want %q", c.in, got, err, c.want)
			}
		})
	}
}

func TestExpandHostnameDefaultsToTheMachine(t *testing.T) {
	want, err := os.Hostname()
	if err != nil {
		t.Skip("this machine does not tell its name:", err)
	}
	if got, err := Expand("${HOSTNAME}", env(nil)); err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestExpandFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(" s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Expand("$__file{"+file+"}", env(nil)); err != nil || got != "s3cret" {
		t.Errorf("a file's text, trimmed: got %q, %v", got, err)
	}
	if _, err := Expand("$__file{"+file+".missing}", env(nil)); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("a missing file must be an error that names it, got %v", err)
	}
}
