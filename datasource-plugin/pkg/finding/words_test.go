package finding

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestScan_inWords(t *testing.T) {
	f := func(scan Scan, title, text string) {
		t.Helper()
		scan.Start = noon
		if got := scan.Title(); got != title {
			t.Errorf("title %q, want %q", got, title)
		}
		if got := scan.Text(); got != text {
			t.Errorf("text %q, want %q", got, text)
		}
	}
	f(Scan{Kind: "horizontal", Proto: "tcp", Flags: "syn", MinPort: 23, MaxPort: 23, SourceCount: 1, Sources: `["198.51.100.9"]`, TargetCount: 256, Events: 256, Ports: 1, Rate: 51.2, End: noon.Add(5 * time.Second)},
		"Horizontal scan of TCP 23 (SYN) on 256 targets by 198.51.100.9", "256 events on 1 ports in 5s, 51 probes/s")
	f(Scan{Kind: "diagonal", Order: "descending", Pace: "slow", Proto: "udp", MinPort: 1, MaxPort: 65535, SourceCount: 500, TargetCount: 1, Targets: `["2001:db8::1"]`, Events: 500, Ports: 500, Rate: 0.0139, End: noon.Add(10 * time.Hour), Tool: "nmap", ToolSure: "weak", Ongoing: true, Known: "ours"},
		"Slow descending diagonal of many sources of UDP 1–65535 on 2001:db8::1 by 500 sources", "500 events on 500 ports in 10h0m, 0.014 probes/s; looks like nmap (weak); goes on; known: ours")
	f(Scan{Kind: "new-kind", Flags: "other:FIN+URG", End: noon},
		"New-kind of several protocols (FIN+URG)", "0 events on 0 ports in 0s, 0 probes/s")
	// A list that is no list, as another writer may leave it, is counted and not read.
	f(Scan{Kind: "block", Proto: "tcp", SourceCount: 1, Sources: "198.51.100.9", End: noon},
		"Block scan of TCP by 1 sources", "0 events on 0 ports in 0s, 0 probes/s")
}

func TestSpike_inWords(t *testing.T) {
	q, baseline := 1e-22, 1294.4
	known := Spike{SourceCount: 2000, Proto: "tcp", Port: 7547, Baseline: &baseline, Q: &q, Events: 3000, TargetCount: 4, WindowHours: 12, Countries: "BR 552"}
	if got, want := known.Title()+"; "+known.Text(), "2000 sources on TCP 7547, usually 1294; 3000 events on 4 targets within 12 h; chance of noise 1e-22; from BR 552"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	young := Spike{SourceCount: 200, Proto: "tcp", Port: 37777, WindowHours: 24, HistoryDays: 2}
	if got, want := young.Text(), "0 events on 0 targets within 24 h; 2 days of history, too few for a baseline"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
