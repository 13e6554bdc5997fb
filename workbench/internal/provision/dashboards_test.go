package provision

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func titles(all []Dashboard) string {
	var out []string
	for _, d := range all {
		out = append(out, d.Folder+"/"+d.Title)
	}
	return strings.Join(out, " ")
}

func TestProvidersFindContainerPaths(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"a path inside Grafana's container", "/etc/grafana/provisioning/dashboards", "dashboards"},
		{"a folder below it", "/etc/grafana/provisioning/dashboards/deep", "dashboards/deep"},
		{"somewhere else altogether", "/var/lib/grafana/dashboards", "dashboards"},
		{"an unset variable in front", "${GF_PATHS_PROVISIONING}/dashboards", "dashboards"},
		{"a variable that is set", "${HERE}/dashboards/deep", "dashboards/deep"},
		{"relative to the file", "deep", "dashboards/deep"},
		{"nothing like it", "/opt/none", "dashboards"},
		{"none given", "", "dashboards"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := folder(t, map[string]string{
				"dashboards/p.yaml":      "apiVersion: 1\nproviders: [{name: p, type: file, options: {path: '" + c.path + "'}}]",
				"dashboards/deep/a.json": "{}",
			})
			got, err := Providers(filepath.Join(dir, "dashboards"), env(map[string]string{"HERE": dir}))
			if err != nil || len(got) != 1 || got[0].Path != filepath.Join(dir, c.want) {
				t.Errorf("got %+v, %v; want the path %s", got, err, filepath.Join(dir, c.want))
			}
		})
	}
}

func TestProvidersRefuse(t *testing.T) {
	for name, content := range map[string]string{
		"type":       "apiVersion: 1\nproviders: [{name: p, type: s3}]",
		"apiVersion": "apiVersion: 9\nproviders: [{name: p}]",
	} {
		if _, err := Providers(folder(t, map[string]string{"p.yaml": content}), env(nil)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error about %s, got %v", name, err)
		}
	}
}

func TestDashboardsAreReadAgainWhenTheyChange(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": `{"uid":"a","title":"A","tags":["t"]}`, "sub/b.json": `{"uid":"b","title":"B"}`})
	set := NewDashboards([]Provider{{Name: "p", Folder: "F", Path: dir}})
	if all, problems := set.All(); titles(all) != "F/A F/B" || problems != nil {
		t.Fatalf("at first: %s, %v", titles(all), problems)
	}
	file := filepath.Join(dir, "a.json")
	if err := os.WriteFile(file, []byte(`{"uid":"a","title":"Z"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Unix(2_000_000_000, 0)); err != nil {
		t.Fatal(err)
	}
	if all, _ := set.All(); titles(all) != "F/B F/Z" {
		t.Errorf("after a change: %s", titles(all))
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if all, _ := set.All(); titles(all) != "F/B" {
		t.Errorf("after a removal: %s", titles(all))
	}
}

func TestDashboardsNameWhatTheyLeaveOut(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": `{"uid":"a","title":"A"}`, "broken.json": `{"uid":`, "copy.json": `{"uid":"a","title":"Copy"}`, "nouid.json": `{"title":"x"}`,
	})
	all, problems := NewDashboards([]Provider{{Path: dir}}).All()
	if titles(all) != "/A" || len(problems) != 3 {
		t.Fatalf("got %s, %v", titles(all), problems)
	}
	for i, want := range []string{"broken.json", "taken by", "uid"} {
		if !strings.Contains(problems[i].Error(), want) {
			t.Errorf("problem %d: %v, want %q in it", i, problems[i], want)
		}
	}
}

func TestFoldersFromFiles(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": `{"uid":"a","title":"A"}`, "Team/b.json": `{"uid":"b","title":"B"}`})
	all, _ := NewDashboards([]Provider{{Path: dir, Folder: "Top", FoldersFromFiles: true}}).All()
	if titles(all) != "Team/B Top/A" {
		t.Errorf("got %s", titles(all))
	}
}

func TestDashboardsOfTheProject(t *testing.T) {
	providers, err := Providers("../../../provisioning/dashboards", env(nil))
	if err != nil {
		t.Fatal(err)
	}
	all, problems := NewDashboards(providers).All()
	if len(all) == 0 || len(problems) != 0 {
		t.Errorf("got %s, %v", titles(all), problems)
	}
}
