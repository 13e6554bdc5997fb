package provision

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// rule says how the text at a path of a YAML file is expanded.
type rule int

const (
	plain rule = iota // expanded, then typed anew: "true" from a variable is a boolean where one is wanted
	loose             // expanded; number-looking outcomes become numbers, everything else stays text (jsonData)
	raw               // left as it stands (alert annotations and query models)
)

// expandTree expands every text scalar below node; keys are never expanded. pick chooses the rule by the path of keys.
func expandTree(node *yaml.Node, path []string, pick func(path []string) rule, env Env) error {
	switch node.Kind {
	case yaml.DocumentNode, yaml.SequenceNode:
		for _, child := range node.Content {
			if err := expandTree(child, path, pick, env); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			below := append(slices.Clone(path), node.Content[i].Value)
			if err := expandTree(node.Content[i+1], below, pick, env); err != nil {
				return err
			}
		}
	case yaml.ScalarNode:
		return expandScalar(node, pick(path), env)
	}
	return nil
}

func expandScalar(node *yaml.Node, how rule, env Env) error {
	if how == raw || node.ShortTag() != "!!str" || !strings.Contains(node.Value, "$") {
		return nil
	}
	value, err := Expand(node.Value, env)
	if err != nil {
		return fmt.Errorf("line %d: %w", node.Line, err)
	}
	node.Value = value
	if how == plain {
		node.Tag, node.Style = "", 0
	} else if _, err := strconv.ParseFloat(value, 64); err == nil && numberLike(value) {
		node.Tag, node.Style = "", 0
	} else {
		node.Tag = "!!str"
	}
	return nil
}

// numberLike refuses what ParseFloat takes and YAML or JSON would not: inf, nan, hex, underscores.
func numberLike(value string) bool {
	return strings.Trim(value, "+-.0123456789eE") == ""
}

// readTree decodes one YAML file into out, expanded. An empty file leaves out untouched.
func readTree(file string, pick func(path []string) rule, env Env, out any) error {
	handle, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("reading provisioning: %w", err)
	}
	defer handle.Close()
	var node yaml.Node
	if err := yaml.NewDecoder(handle).Decode(&node); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%s is not valid YAML: %w", file, err)
	}
	if err := expandTree(&node, nil, pick, env); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := node.Decode(out); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// yamlFiles lists the .yaml and .yml files of a folder in name order; a missing folder has none.
func yamlFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("listing provisioning: %w", err)
	}
	var files []string
	for _, entry := range entries {
		ext := filepath.Ext(entry.Name())
		if !entry.IsDir() && (ext == ".yaml" || ext == ".yml") {
			files = append(files, filepath.Join(dir, entry.Name()))
		}
	}
	return files, nil
}
