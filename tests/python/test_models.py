"""Models: evaluation and traces by two ways, arrays without copies, networks from tensors."""

import gc
import itertools
import json
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

import numpy as np

import attest
from attest._ask import program
from attest.torch import write_safetensors

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def printed(model, words, *options):
    """The same by the command line."""
    done = subprocess.run([program(), "eval", model, "--word", *words, *options, "--json"], capture_output=True, text=True)
    return json.loads(done.stdout)["results"]


class Evaluations(unittest.TestCase):
    def test_as_the_command_line(self):
        words = ["".join(w) for n in range(1, 5) for w in itertools.product("01", repeat=n)]
        for name in ("zoo:palindrome", "zoo:first", "zoo:chiang-cholak-parity", "zoo:average-majority"):
            with self.subTest(name):
                model = attest.load(name)
                for found, expected in zip(model.evaluate(words), printed(name, words), strict=True):
                    self.assertEqual(found.word, expected["word"])
                    self.assertEqual(found.accepts, {"accept": True, "reject": False}[expected["answer"]])
                    if isinstance(found.score, Fraction):
                        self.assertEqual(found.score, Fraction(expected["score"]))
                    else:
                        low, high = map(Fraction, expected["score"])
                        self.assertLessEqual(low, found.score[0])
                        self.assertLessEqual(found.score[1], high)

    def test_one_word_or_several(self):
        model = attest.load("zoo:first")
        self.assertEqual(len(model.evaluate("10")), 1)
        self.assertEqual(len(model.evaluate(["1", "0"])), 2)
        self.assertEqual(model.evaluate([["1", "0"]])[0].word, "10")
        with self.assertRaisesRegex(attest.InputError, "word:2"):
            model.evaluate("12")

    def test_a_program(self):
        model = attest.load(EXAMPLES / "starts_with_a.brasp")
        self.assertTrue(model.accepts("ab"))
        self.assertFalse(model.accepts("ba"))


class Traces(unittest.TestCase):
    def test_attention_as_the_command_line(self):
        for name, word in (("zoo:palindrome", "0110"), ("zoo:chiang-cholak-parity", "011")):
            trace = attest.load(name).trace(word)
            expected = printed(name, [word], "--trace")[0]["trace"]
            self.assertEqual(list(trace.sequence), expected["sequence"])
            n = len(trace.sequence)
            for doubles, heads in zip(trace.attention, expected["layers"], strict=True):
                self.assertEqual(doubles.nearest.shape, (len(heads), n, n))
                for head, looks in enumerate(heads):
                    seen = set()
                    for look in looks:
                        row = look["position"] - 1
                        seen.add(row)
                        self.assertEqual({p for p in range(n) if doubles.nearest[head, row, p] > 0}, {p - 1 for p in look["attends"]})
                        for p, ends in zip(look["attends"], look.get("weights", [])):
                            low, high = map(Fraction, ends)
                            self.assertLessEqual(Fraction(doubles.lower[head, row, p - 1]), high)
                            self.assertGreaterEqual(Fraction(doubles.upper[head, row, p - 1]), low)
                    for row in set(range(n)) - seen:
                        self.assertTrue(np.isnan(doubles.nearest[head, row]).all())

    def test_rows_add_up(self):
        trace = attest.load("zoo:chiang-cholak-parity").trace("0110")
        for doubles in trace.attention:
            if doubles.nearest.size == 0:
                continue
            sums = doubles.nearest.sum(axis=2)
            self.assertTrue((np.isnan(sums) | (abs(sums - 1) < 1e-12)).all())
            ordered = (doubles.lower <= doubles.nearest) & (doubles.nearest <= doubles.upper)
            self.assertTrue((ordered | np.isnan(doubles.nearest)).all())

    def test_without_copies(self):
        trace = attest.load("zoo:palindrome").trace("0110")
        array = trace.attention[0].nearest
        self.assertFalse(array.flags.owndata or array.flags.writeable)
        self.assertIsNotNone(array.base)
        kept, values = array[0], array[0].copy()
        del trace, array
        gc.collect()
        np.testing.assert_array_equal(kept, values)  # what C++ holds lives as long as the view
        self.assertEqual(attest.load("zoo:palindrome").trace("0110").activations[0].nearest.ndim, 2)

    def test_drawing(self):
        svg = attest.load("zoo:palindrome").draw("0110")
        self.assertTrue(svg._repr_svg_().lstrip().startswith("<"))
        with self.assertRaises(ValueError):
            attest.load("zoo:palindrome").draw("01" * 64)


class Files(unittest.TestCase):
    def test_what_was_loaded_is_asked_about(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "m.json")
            attest.load("zoo:first").save(path)
            model = attest.load(path)
            path.write_text("{}")
            self.assertTrue(attest.prove(model, "first", 3).verified)
            kept = Path(model.path).parent
            self.assertTrue(kept.is_dir())
            del model
            gc.collect()
            self.assertFalse(kept.exists())


class Tensors(unittest.TestCase):
    """parity4.pt was trained for parity up to length 4."""

    TOLD = dict(heads=2, activation="relu", alphabet="01", begin="<s>=2", read="first", accept=1)

    def state(self):
        try:
            import torch
        except ImportError:
            self.skipTest("python3-torch is missing")
        return torch.load(EXAMPLES / "parity4.pt")

    def test_is_not_imported_unasked(self):
        code = "import attest, sys; attest.prove(attest.load('zoo:first'), 'first', 2); print([m for m in ('torch', 'numpy') if m in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.strip(), "[]")

    def test_arrays(self):
        state = {name: tensor.numpy() for name, tensor in self.state().items()}
        model = attest.from_torch(state, name="parity4", **self.TOLD)
        self.assertEqual((model.kind, model.attention, model.heads), ("transformer", "softmax", (2, 2)))
        verdict = attest.prove(model, "parity", range(1, 6))
        self.assertEqual([r.verdict for r in verdict.results], ["verified"] * 4 + ["refuted"])
        self.assertEqual(verdict.counterexample, "00101")
        self.assertIn("heads", [told["key"] for told in model.imported["assumed"]])

    def test_as_the_file(self):
        """The same network, whichever way it comes in."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "m.json")
            subprocess.run([program(), "import", EXAMPLES / "parity4.pt", "--set", "heads=2", "--set", "activation=relu", "--alphabet", "01",
                            "--begin", "<s>=2", "--read", "first", "--accept", "1", "-o", target], check=True, capture_output=True)
            file, module = attest.load(target), attest.from_torch(self.state(), **self.TOLD)
            words = ["".join(w) for w in itertools.product("01", repeat=4)]
            self.assertEqual([e.score for e in file.evaluate(words)], [e.score for e in module.evaluate(words)])

    def test_what_is_not_told(self):
        with self.assertRaisesRegex(attest.Refused, "heads"):
            attest.from_torch(self.state(), alphabet="01", begin="<s>=2", read="first", accept=1)

    def test_a_module_says_more(self):
        self.state()
        import torch

        class Net(torch.nn.Module):
            def __init__(self):
                super().__init__()
                torch.manual_seed(1)
                self.embed = torch.nn.Embedding(3, 8)
                self.pos = torch.nn.Parameter(torch.randn(12, 8))
                layer = torch.nn.TransformerEncoderLayer(8, 2, 16, 0.0, batch_first=True, norm_first=True)
                self.encoder = torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
                self.head = torch.nn.Linear(8, 2)

            def forward(self, tokens):
                return self.head(self.encoder(self.embed(tokens) + self.pos[: tokens.shape[1]])[:, 0])

        net = Net().double().eval()
        words = ["".join(w) for n in range(1, 5) for w in itertools.product("01", repeat=n)]
        with torch.no_grad():
            logits = {w: net(torch.tensor([[2, *map(int, w)]]))[0].tolist() for w in words}
        model = attest.from_torch(net, alphabet="01", begin="<s>=2", read="first", accept=1, against=logits, tolerance=1e-9)
        self.assertLess(model.imported["against"]["greatest_difference"], 1e-9)
        self.assertEqual({told["key"]: told["value"] for told in model.imported["assumed"]}["norm_first"], "true")
        for word, found in zip(words, model.evaluate(words)):
            low, high = found.score
            self.assertAlmostEqual(float(low + high) / 2, logits[word][1] - logits[word][0], places=9)

    def test_types(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "t.safetensors")
            write_safetensors({"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.float64(1.5), "c": np.zeros((0, 2))}, path)
            data = path.read_bytes()
            size = int.from_bytes(data[:8], "little")
            header = json.loads(data[8 : 8 + size])
            self.assertEqual(header["a"]["shape"], [2, 3])
            self.assertEqual(header["b"], {"dtype": "F64", "shape": [], "data_offsets": [24, 32]})
            self.assertEqual(np.frombuffer(data[8 + size :][:24], np.float32).tolist(), [0, 1, 2, 3, 4, 5])
            with self.assertRaises(attest.UsageError):
                write_safetensors({"a": np.array(["x"])}, path)


if __name__ == "__main__":
    unittest.main()
