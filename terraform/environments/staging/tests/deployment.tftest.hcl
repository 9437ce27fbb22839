mock_provider "aws" {}
run "makes_a_deployment" {
  command = apply
}
