package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// stub answers with the schema and finds every configuration that fits it valid. All other calls of the protocol are
// left to the embedded interface, which is nil: OpenTofu's mocks never make them.
type stub struct {
	tfprotov6.ProviderServer
	schemas schemas
}

func (s *stub) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	response := &tfprotov6.GetMetadataResponse{ServerCapabilities: capabilities()}
	for _, name := range sorted(s.schemas.Resources) {
		response.Resources = append(response.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for _, name := range sorted(s.schemas.DataSources) {
		response.DataSources = append(response.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	return response, nil
}

func capabilities() *tfprotov6.ServerCapabilities {
	return &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}
}

func (s *stub) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	provider, err := s.schemas.Provider.proto()
	if err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	resources, err := protos(s.schemas.Resources)
	if err != nil {
		return nil, err
	}
	dataSources, err := protos(s.schemas.DataSources)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.GetProviderSchemaResponse{
		ServerCapabilities: capabilities(),
		Provider:           provider,
		ResourceSchemas:    resources,
		DataSourceSchemas:  dataSources,
	}, nil
}

func protos(schemas map[string]schema) (map[string]*tfprotov6.Schema, error) {
	result := make(map[string]*tfprotov6.Schema, len(schemas))
	for name, one := range schemas {
		proto, err := one.proto()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result[name] = proto
	}
	return result, nil
}

func (s *stub) ValidateProviderConfig(
	_ context.Context, request *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s *stub) ValidateResourceConfig(
	context.Context, *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (s *stub) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

// UpgradeResourceState gives a state of this schema back as it is: there are no other versions.
func (s *stub) UpgradeResourceState(
	_ context.Context, request *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	schema, err := s.schemas.Resources[request.TypeName].proto()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	kind := schema.ValueType()
	state, err := request.RawState.Unmarshal(kind)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	upgraded, err := tfprotov6.NewDynamicValue(kind, state)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", request.TypeName, err)
	}
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &upgraded}, nil
}

func (s *stub) StopProvider(
	context.Context, *tfprotov6.StopProviderRequest,
) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}
