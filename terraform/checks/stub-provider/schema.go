package main

import (
	"encoding/json"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What schema.mjs writes.
type schemas struct {
	Provider    schema            `json:"provider"`
	Resources   map[string]schema `json:"resource_schemas"`
	DataSources map[string]schema `json:"data_source_schemas"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	BlockTypes map[string]nestedBlock `json:"block_types"`
}

type attribute struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Optional bool            `json:"optional"`
	Computed bool            `json:"computed"`
}

type nestedBlock struct {
	NestingMode string `json:"nesting_mode"`
	MinItems    int64  `json:"min_items"`
	MaxItems    int64  `json:"max_items"`
	Block       block  `json:"block"`
}

var nesting = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
}

func (s schema) proto() (*tfprotov6.Schema, error) {
	block, err := s.Block.proto()
	return &tfprotov6.Schema{Version: s.Version, Block: block}, err
}

func (b block) proto() (*tfprotov6.SchemaBlock, error) {
	result := &tfprotov6.SchemaBlock{}
	for _, name := range sorted(b.Attributes) {
		one := b.Attributes[name]
		//lint:ignore SA1019 there is no other reader of the JSON form of types
		kind, err := tftypes.ParseJSONType(one.Type)
		if err != nil {
			return nil, err
		}
		result.Attributes = append(result.Attributes, &tfprotov6.SchemaAttribute{
			Name: name, Type: kind, Required: one.Required, Optional: one.Optional, Computed: one.Computed,
		})
	}
	for _, name := range sorted(b.BlockTypes) {
		one := b.BlockTypes[name]
		inner, err := one.Block.proto()
		if err != nil {
			return nil, err
		}
		result.BlockTypes = append(result.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: nesting[one.NestingMode], MinItems: one.MinItems, MaxItems: one.MaxItems,
		})
	}
	return result, nil
}

func sorted[V any](entries map[string]V) []string {
	names := make([]string, 0, len(entries))
	for name := range entries {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
