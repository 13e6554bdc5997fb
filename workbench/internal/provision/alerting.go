package provision

import "fmt"

// AlertRule is what the workbench shows of a provisioned rule. It is listed, not evaluated.
type AlertRule struct {
	UID       string            `json:"uid"`
	Title     string            `json:"title"`
	Folder    string            `json:"folder"`
	Group     string            `json:"group"`
	Interval  string            `json:"interval"`
	For       string            `json:"for"`
	Condition string            `json:"condition"`
	NoData    string            `json:"noDataState"`
	OnError   string            `json:"execErrState"`
	Labels    map[string]string `json:"labels"`
	Summary   string            `json:"summary"`
}

type alertFile struct {
	APIVersion int `yaml:"apiVersion"`
	Groups     []struct {
		Name     string `yaml:"name"`
		Folder   string `yaml:"folder"`
		Interval string `yaml:"interval"`
		Rules    []struct {
			UID         string            `yaml:"uid"`
			Title       string            `yaml:"title"`
			Condition   string            `yaml:"condition"`
			For         string            `yaml:"for"`
			NoData      string            `yaml:"noDataState"`
			OnError     string            `yaml:"execErrState"`
			Labels      map[string]string `yaml:"labels"`
			Annotations map[string]string `yaml:"annotations"`
			Data        []struct {
				RefID string `yaml:"refId"`
			} `yaml:"data"`
		} `yaml:"rules"`
	} `yaml:"groups"`
}

// AlertRules reads the YAML files of dir (provisioning/alerting) and checks what Grafana would refuse at its start.
func AlertRules(dir string, env Env) ([]AlertRule, error) {
	files, err := yamlFiles(dir)
	if err != nil {
		return nil, err
	}
	out := []AlertRule{}
	for _, file := range files {
		var content alertFile
		if err := readTree(file, alertRule, env, &content); err != nil {
			return nil, err
		}
		for _, group := range content.Groups {
			for _, entry := range group.Rules {
				known := false
				for _, query := range entry.Data {
					known = known || query.RefID == entry.Condition
				}
				if entry.UID == "" || entry.Title == "" || !known {
					return nil, fmt.Errorf("%s: rule %q of group %q needs a uid, a title and a condition that is one of its data",
						file, entry.Title, group.Name)
				}
				out = append(out, AlertRule{
					UID: entry.UID, Title: entry.Title, Folder: group.Folder, Group: group.Name, Interval: group.Interval,
					For: entry.For, Condition: entry.Condition, NoData: entry.NoData, OnError: entry.OnError,
					Labels: entry.Labels, Summary: entry.Annotations["summary"],
				})
			}
		}
	}
	return out, nil
}

// alertRule: Grafana leaves annotations and query models as they stand, since they hold templates of their own.
func alertRule(path []string) rule {
	if len(path) > 2 && path[0] == "groups" && path[1] == "rules" {
		if path[2] == "annotations" || (path[2] == "data" && len(path) > 3 && path[3] == "model") {
			return raw
		}
	}
	return plain
}
