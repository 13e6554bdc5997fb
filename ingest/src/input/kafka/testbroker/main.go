// Command testbroker is a Kafka broker in memory, or in a folder, for the tests of the Kafka input. It prints its
// address and ends when its stdin does.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/twmb/franz-go/pkg/kfake"
)

func main() {
	port := flag.Int("port", 0, "port on 127.0.0.1, 0 for a free one")
	folder := flag.String("folder", "", "where messages outlive the broker")
	topic := flag.String("topic", "fw", "topic of two partitions")
	user := flag.String("user", "", "SASL user, whose password is the same")
	flag.Parse()
	options := []kfake.Opt{kfake.NumBrokers(1), kfake.Ports(*port), kfake.ClusterID("test"), kfake.SeedTopics(2, *topic)}
	if *folder != "" {
		options = append(options, kfake.DataDir(*folder), kfake.SyncWrites())
	}
	if *user != "" {
		options = append(options, kfake.EnableSASL(), kfake.Superuser("SCRAM-SHA-256", *user, *user))
	}
	cluster, err := kfake.NewCluster(options...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer cluster.Close()
	fmt.Println(cluster.ListenAddrs()[0])
	_, _ = io.Copy(io.Discard, os.Stdin)
}
