// A stand-in for the AWS provider that knows its resources' arguments and nothing else: it reads them from schema.json
// beside the executable. Enough for `validate` and for `test` with a mock_provider; it refuses everything that would
// need AWS.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

func main() {
	executable, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	executable, err = filepath.EvalSymlinks(executable)
	if err != nil {
		log.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(executable), "schema.json"))
	if err != nil {
		log.Fatal(fmt.Errorf("cannot read the schema: %w", err))
	}
	var schemas schemas
	if err := json.Unmarshal(text, &schemas); err != nil {
		log.Fatal(fmt.Errorf("cannot read the schema: %w", err))
	}
	provider := func() tfprotov6.ProviderServer { return &stub{schemas: schemas} }
	if err := tf6server.Serve("meterlake/aws", provider); err != nil {
		log.Fatal(err)
	}
}
