"""Writes an ALTA program, its rules and what they compile to, as one JSON document (attest/alta) for `attest import`. Needs
ALTA's `framework` (its numpy half, not JAX) and numpy.

    python3 export_alta.py 'parity.build_sum_mod_2_program_spec(12)' 1 > alta.json        1: layers to run
    attest import alta.json --alphabet 01 --end '$=2' --read last --accept 1 -o compiled.json
    attest import alta.json --alphabet 01 --end '$=2' --read last --accept 1 --set as=program --set lengths=0..11 -o rules.json
    attest equal compiled.json rules.json --length 0..11

`--s1 2500` in place of ALTA's scale of 100 for the steps that numbers are taken apart by.
"""
import argparse, json, sys

import numpy as np
from framework import program as spec
from framework.compiler import compiler_config, compiler_utils


def number(x):
    """Exactly: hexadecimal as C99 has it."""
    return float(x).hex()


def numbers(array):
    return [[number(x) for x in row] for row in np.asarray(array, float)]


def value(of, x):
    """null; a number of a category; a text where it is any number; a list where it is a set."""
    if x is None:
        return None
    if isinstance(of, spec.NumericalVarSpec):
        return number(x)
    return sorted(x) if isinstance(of, spec.SetVarSpec) else int(x)


def variable(name, of, program):
    made = {"name": name}
    if isinstance(of, spec.NumericalVarSpec):
        made |= {"kind": "numerical", "values": [number(x) for x in of.values]}
    elif isinstance(of, spec.SetVarSpec):
        made |= {"kind": "set", "range": of.range, "values": [sorted(x) for x in of.values]}
    else:
        made |= {"kind": "categorical", "range": of.range}
    if of.position_init_fn is not None:
        made["position"] = [value(of, of.position_init_fn(p)) for p in range(program.position_range or 0)]
    elif of.input_init_fn is not None:
        made["input"] = [value(of, of.input_init_fn(i)) for i in range(program.input_range)]
    else:
        made["default"] = value(of, of.default)
    return made


def rule(of, program):
    of_set = program.variables[of.rhs.variable]
    return {"if": [[atom.variable, atom.value_idx] for atom in of.lhs],
            "set": [of.rhs.variable, value(of_set, of.rhs.old_value), value(of_set, of.rhs.new_value)]}


def export(program, layers, name="alta", s1=100.0, s2=100.0, attention=100.0):
    """`program`: of framework.program.Program, with rules."""
    config = compiler_config.Config(expansion_scalar_1=s1, expansion_scalar_2=s2, attention_scalar=attention)
    compiled = compiler_utils.compile_transformer(program, config)
    index = compiled.embeddings.index_embeddings
    heads = [{"query": h.query, "key": h.key, "value": h.value, "output": h.output,
              "relative": sorted(h.relative_position_mask)} for h in program.head_specs]
    weights = {"embedding": numbers(compiled.embeddings.input_embeddings),
               "position": None if index is None else numbers(index),
               "heads": [{"query": numbers(h.query_transform), "key": numbers(h.key_transform),
                          "value": numbers(h.value_transform), "output": numbers(h.output_transform),
                          "relative": sorted(h.relative_position_mask)} for h in compiled.attenion_heads],
               "feedforward": [{"weight": numbers(l.weights), "bias": [number(x) for x in l.biases]}
                               for l in compiled.feed_forward_layers],
               "unembedding": numbers(compiled.output_transform)}
    return {"format": "attest/alta", "version": 1, "name": name, "layers": layers, "input_range": program.input_range,
            "position_range": program.position_range, "halts": program.halt_spec is not None,
            "variables": [variable(n, v, program) for n, v in program.variables.items()], "heads": heads,
            "rules": [rule(r, program) for r in program.mlp.get_rules()], "output": program.outputs, "weights": weights}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program", help="an expression: parity, addition, sort_unique … are ALTA's examples")
    arguments.add_argument("layers", type=int)
    arguments.add_argument("--s1", type=float, default=100.0)
    told = arguments.parse_args()
    import importlib, pkgutil
    import examples
    names = {m.name: importlib.import_module("examples." + m.name) for m in pkgutil.iter_modules(examples.__path__)
             if not m.name.endswith("_test") and not m.ispkg}
    json.dump(export(eval(told.program, names), told.layers, told.program, told.s1), sys.stdout)
