"""Writes what Tracr compiles as one JSON document (attest/tracr) for `attest import`. Needs tracr, numpy and networkx, not JAX.

    python3 export_tracr.py 'rasp.Map(lambda c: c % 2 == 1, lib.make_count(rasp.tokens, "1"))' 01 12 > parity-12.json
    attest import parity-12.json --read last --accept true -o parity.json
"""
import json, os, sys, types

import numpy as np
import tracr

# The package of the compiler imports its JAX half; its modules up to the craft model are found without that.
compiler = types.ModuleType("tracr.compiler")
compiler.__path__ = [os.path.join(path, "compiler") for path in tracr.__path__]
sys.modules.setdefault("tracr.compiler", compiler)

from tracr.compiler import (basis_inference, craft_graph_to_model, expr_to_craft_graph, lib, nodes, rasp_to_graph,
                            validating)
from tracr.craft import bases, transformers, vectorspace_fns as vs
from tracr.rasp import rasp


def numbers(array):
    """Exactly: hexadecimal as C99 has it."""
    return [[float(x).hex() for x in row] for row in np.asarray(array, float)]


def plain(value):
    """A value of Python as JSON has it."""
    return value.item() if isinstance(value, np.generic) else value


def craft_model(program, vocabulary, max_seq_len, bos, mlp_exactness):
    graph = rasp_to_graph.extract_rasp_graph(program)
    basis_inference.infer_bases(graph.graph, graph.sink, vocabulary, max_seq_len)
    expr_to_craft_graph.add_craft_components_to_rasp_graph(
        graph.graph, bos_dir=bases.BasisDirection(rasp.tokens.label, bos), mlp_exactness=mlp_exactness)
    return graph, craft_graph_to_model.craft_graph_to_model(graph.graph, graph.sources)


def export(program, vocabulary, max_seq_len, causal=False, bos="compiler_bos", mlp_exactness=100):
    refused = validating.static_validate(program)
    if refused:
        raise NotImplementedError([(e.expr.name, e.reason) for e in refused])
    graph, model = craft_model(program, vocabulary, max_seq_len, bos, mlp_exactness)
    tokens = bases.VectorSpaceWithBasis.from_values(rasp.tokens.label, set(vocabulary) | {bos})
    indices = bases.VectorSpaceWithBasis.from_values(rasp.indices.label, range(max_seq_len))
    output = bases.VectorSpaceWithBasis(graph.sink[nodes.OUTPUT_BASIS])
    space = bases.join_vector_spaces(model.residual_space, tokens, indices, output)

    def into(part):  # [space, part]
        return vs.project(space, part).matrix

    def layer(block):
        if isinstance(block, transformers.MLP):
            return {"mlp": {"in": numbers(into(block.fst.input_space) @ block.fst.matrix),
                            "out": numbers(block.snd.matrix @ vs.project(block.snd.output_space, space).matrix)}}
        return {"attention": [
            {"query": numbers(into(h.w_qk.left_space) @ h.w_qk.matrix), "key": numbers(into(h.w_qk.right_space)),
             "value": numbers(into(h.w_ov.input_space) @ h.w_ov.matrix @ vs.project(h.w_ov.output_space, space).matrix)}
            for h in block.as_multi().heads()]}

    one = bases.BasisDirection("one")
    return {"format": "attest/tracr", "version": 1, "program": program.label, "causal": causal, "bos": bos,
            "max_seq_len": max_seq_len, "mlp_exactness": mlp_exactness, "residual": [str(b) for b in space.basis],
            "tokens": [plain(b.value) for b in tokens.basis], "embedding": numbers(vs.project(tokens, space).matrix),
            "position": numbers(vs.project(indices, space).matrix),
            "one": space.basis.index(one) if one in space else None,
            "layers": [layer(block) for block in model.blocks], "unembedding": numbers(into(output)),
            "output": {"categorical": bool(rasp.is_categorical(graph.sink[nodes.EXPR])),
                       "values": [plain(b.value) for b in output.basis]}}


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program = eval(sys.argv[1])  # your own expression: rasp and lib are Tracr's
    json.dump(export(program, set(sys.argv[2]), int(sys.argv[3])), sys.stdout)
