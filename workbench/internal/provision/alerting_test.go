package provision

import (
	"strings"
	"testing"
)

const rules = `
apiVersion: 1
groups:
  - orgId: 1
    name: spikes
    folder: ${FOLDER}
    interval: 1m
    rules:
      - uid: port-spike
        title: "Spike on $$labels.port"
        condition: C
        for: 5m
        labels: { team: "${TEAM}", raw: "$$labels.port" }
        annotations: { summary: "{{ $labels.port }} ${TEAM} $$x" }
        data:
          - refId: A
            model: { rawSql: "SELECT $__timeFilter(time)" }
          - refId: C
            datasourceUid: __expr__
`

func TestAlertRulesExpandWhatGrafanaExpands(t *testing.T) {
	got, err := AlertRules(folder(t, map[string]string{"a.yaml": rules}), env(map[string]string{"FOLDER": "Fireplot", "TEAM": "sec"}))
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	rule := got[0]
	if rule.Folder != "Fireplot" || rule.Title != "Spike on $labels.port" || rule.Labels["team"] != "sec" || rule.Labels["raw"] != "$labels.port" {
		t.Errorf("title, folder and labels are expanded: %+v", rule)
	}
	if rule.Summary != "{{ $labels.port }} ${TEAM} $$x" {
		t.Errorf("annotations stay as they stand: %q", rule.Summary)
	}
}

func TestAlertRulesRefuseAConditionThatIsNoQuery(t *testing.T) {
	broken := strings.Replace(rules, "condition: C", "condition: D", 1)
	if _, err := AlertRules(folder(t, map[string]string{"a.yaml": broken}), env(nil)); err == nil || !strings.Contains(err.Error(), "condition") {
		t.Errorf("got %v", err)
	}
}
