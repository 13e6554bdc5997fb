package macro

import "strings"

// piece of SQL text: either plain, copied as it is, or a macro with its arguments.
type piece struct {
	text string
	// name without `$__`; "" for plain text.
	name string
	// args as written; nil when the macro stands without parentheses.
	args []string
}

// split cuts SQL into plain text and macros. Macros inside strings, quoted names and comments are plain text.
func split(sql string) ([]piece, error) {
	var pieces []piece
	plain := 0
	for at := 0; at < len(sql); {
		if end := skipQuoted(sql, at); end > at {
			at = end
			continue
		}
		name, end := macroName(sql, at)
		if name == "" {
			at++
			continue
		}
		args, after, err := arguments(sql, end)
		if err != nil {
			return nil, &Unclosed{Name: name}
		}
		pieces = append(pieces, piece{text: sql[plain:at]}, piece{text: sql[at:after], name: name, args: args})
		at, plain = after, after
	}
	return append(pieces, piece{text: sql[plain:]}), nil
}

// macroName reads `$__name` or `${__name}` at a position, and gives the position behind it.
func macroName(sql string, at int) (name string, end int) {
	rest := sql[at:]
	if inner, ok := strings.CutPrefix(rest, "${__"); ok {
		closing := strings.IndexByte(inner, '}')
		if closing <= 0 || wordLength(inner) != closing {
			return "", at
		}
		return inner[:closing], at + len("${__") + closing + 1
	}
	if inner, ok := strings.CutPrefix(rest, "$__"); ok {
		length := wordLength(inner)
		return inner[:length], at + len("$__") + length
	}
	return "", at
}

func wordLength(text string) int {
	for i := 0; i < len(text); i++ {
		if !isWord(text[i]) {
			return i
		}
	}
	return len(text)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

type unclosedError struct{}

func (unclosedError) Error() string { return "no closing parenthesis" }

// arguments reads a parenthesised list right behind a macro's name; nil when there is none.
func arguments(sql string, at int) (args []string, end int, err error) {
	if at >= len(sql) || sql[at] != '(' {
		return nil, at, nil
	}
	args = []string{}
	depth, start := 0, at+1
	for i := at; i < len(sql); {
		if past := skipQuoted(sql, i); past > i {
			i = past
			continue
		}
		switch sql[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
			if depth == 0 {
				last := argument(sql[start:i])
				if last != "" || len(args) > 0 {
					args = append(args, last)
				}
				return args, i + 1, nil
			}
		case ',':
			if depth == 1 {
				args = append(args, argument(sql[start:i]))
				start = i + 1
			}
		}
		i++
	}
	return nil, at, unclosedError{}
}

// argument drops space and comments: behind a `--` that was the end of a line, what a macro adds would be lost.
func argument(text string) string {
	var kept strings.Builder
	for at := 0; at < len(text); {
		end := skipQuoted(text, at)
		switch {
		case end == at:
			kept.WriteByte(text[at])
			at++
			continue
		case text[at] == '-' || text[at] == '#' || text[at] == '/':
			kept.WriteByte(' ')
		default:
			kept.WriteString(text[at:end])
		}
		at = end
	}
	return strings.TrimSpace(kept.String())
}

// skipQuoted gives the position behind a string, quoted name, heredoc or comment that starts here; else the position.
// What is not closed reaches to the end: the store will say so better than we can.
func skipQuoted(sql string, at int) int {
	rest := sql[at:]
	switch {
	case rest[0] == '\'' || rest[0] == '"' || rest[0] == '`':
		return at + quotedLength(rest, rest[0])
	case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "# "), strings.HasPrefix(rest, "#!"):
		return at + through(rest, "\n")
	case strings.HasPrefix(rest, "/*"):
		return at + 2 + through(rest[2:], "*/")
	case rest[0] == '$':
		if length := heredocLength(rest); length > 0 {
			return at + length
		}
	}
	return at
}

// quotedLength: a quote ends at its like, unless doubled or behind a backslash.
func quotedLength(text string, quote byte) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == quote && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// heredocLength: `$tag$ … $tag$`, or 0 when this dollar starts none.
func heredocLength(text string) int {
	closing := strings.IndexByte(text[1:], '$')
	if closing < 0 || wordLength(text[1:1+closing]) != closing {
		return 0
	}
	tag := text[:closing+2]
	end := strings.Index(text[len(tag):], tag)
	if end < 0 {
		return 0
	}
	return len(tag) + end + len(tag)
}

func through(text, mark string) int {
	if at := strings.Index(text, mark); at >= 0 {
		return at + len(mark)
	}
	return len(text)
}
