"""Records the logits of a PyTorch module on all words up to a length, for `attest import --against FILE`."""
import itertools, json, torch

def record(model, encode, alphabet, longest, path):
    """`encode` makes of a word what `model` takes; what comes back for one word are its logits."""
    model.double().eval()
    words = ["".join(w) for n in range(longest + 1) for w in itertools.product(alphabet, repeat=n)]
    with torch.no_grad():
        logits = {word: model(encode(word)).flatten().tolist() for word in words}
    json.dump({"logits": logits}, open(path, "w"))
