#include "forgery.hpp"
#include "originals.hpp"

// Section 9 of the model format.

namespace forgeries {
namespace {

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

std::vector<Forgery> top_level() {
    return {
        {"In version 1 each of these keys and values is an error", "later", model("\"version\": 2", "\"version\": 1"),
         "question", "unknown key"},
        {"In version 1 each of these keys and values is an error", "soft", model("\"version\": 2", "\"version\": 1"),
         "question", "unknown key"},
        {"it is evaluated in balls, and has no layer of hard or average attention", "later",
         model("\"activation\": \"leaky-relu\", \"slope\": \"1/4\"", "\"activation\": \"tanh\""), "question",
         "layers: softmax attention and norms do not go with"},
        {"it is evaluated in balls, and has no layer of hard or average attention", "later",
         model("\"max_length\": 3,", "\"max_length\": 3, \"norm\": {\"final\": {\"eps\": 1}},"), "question",
         "layers: softmax attention and norms do not go with"},
        {"it is evaluated in balls, and has no layer of hard or average attention", "later",
         model("\"slope\": \"1/4\"", "\"slope\": \"1/4\", \"gate\": [[1, 0, 0]]"), "question",
         "layers: softmax attention and norms do not go with"},
        {"A longer word is an error that says so, and so is any question about a longer length", "later",
         model("\"max_length\": 3", "\"max_length\": 2"), "question",
         "claim.length: the model is for words of at most 2 symbols"},
        {"A claim about a model names a length that is at most its `max_length`", "later refuted",
         model("\"max_length\": 3", "\"max_length\": 0"), "question",
         "claim.length: the model is for words of at most 0 symbols"},
        {"A claim about a model names a length that is at most its `max_length`", "soft",
         model("\"dimension\": 2", "\"max_length\": 1, \"dimension\": 2"), "question",
         "claim.length: the model is for words of at most 1 symbols"},
        {"`max_length`: a whole number from 0 to 10⁹, the greatest N that the model is for", "later",
         model("\"max_length\": 3", "\"max_length\": -1"), "question", "max_length: -1 is not between"},
        {"`max_length`: a whole number from 0 to 10⁹, the greatest N that the model is for", "later",
         model("\"max_length\": 3", "\"max_length\": 1000000001"), "question", "max_length: 1000000001 is not between"},
        {"`max_length`: a whole number from 0 to 10⁹, the greatest N that the model is for", "later",
         model("\"max_length\": 3", "\"max_length\": \"3\""), "question", "max_length: an integer was expected"},
        {"`source`: `{\"family\": text, \"file\": text, \"sha256\": text, \"assumed\": {…}}`", "later",
         model("\"family\": \"by-hand\", ", ""), "question", "source: the key \"family\" is missing"},
        {"`source`: `{\"family\": text, \"file\": text, \"sha256\": text, \"assumed\": {…}}`", "later",
         model("\"file\": \"none\"", "\"file\": 1"), "question", "source.file: a string was expected"},
        {"`source`: `{\"family\": text, \"file\": text, \"sha256\": text, \"assumed\": {…}}`", "later",
         model("\"file\": \"none\"", "\"file\": \"none\", \"date\": \"today\""), "question",
         "source: unknown key \"date\""},
        {"`sha256` has 64 lower-case hexadecimal digits", "later", model("52b855\"", "52B855\""), "question",
         "source.sha256: 64 lower-case hexadecimal digits"},
        {"an object whose values are texts, numbers, true or false", "later",
         model("{\"heads\": 1}", "{\"heads\": null}"), "question",
         "source.assumed.heads: a text, a number, true or false"},
        {"an object whose values are texts, numbers, true or false", "later", model("{\"heads\": 1}", "[\"heads\"]"),
         "question", "source.assumed: an object was expected"},
        {"each symbol of the alphabet, begin and end names a row of the matrix, counted from 0, and nothing else does",
         "later", model("\"1\": 1}", "\"1\": 2}"), "question", "embedding.rows.1: 2 is not between 0 and 1"},
    };
}

std::vector<Forgery> arrays_and_layers() {
    return {
        {"each symbol of the alphabet, begin and end names a row of the matrix, counted from 0, and nothing else does",
         "later", model("\"1\": 1}", "\"1\": -1}"), "question", "embedding.rows.1: -1 is not between 0 and 1"},
        {"each symbol of the alphabet, begin and end names a row of the matrix, counted from 0, and nothing else does",
         "later", model("\"0\": 0, ", ""), "question", "embedding.rows: the key \"0\" is missing"},
        {"each symbol of the alphabet, begin and end names a row of the matrix, counted from 0, and nothing else does",
         "later", model("\"1\": 1}", "\"1\": 1, \"2\": 1}"), "question", "embedding.rows: \"2\" is not a symbol"},
        {"{\"matrix\": matrix of d columns, \"rows\": {symbol: row, …}}", "later",
         model("[[0, 0, 0], [1, 0, 0]]", "[[0, 0], [1, 0]]"), "question", "embedding.matrix[0]: a row of 3 numbers"},
        {"An embedding with a key `matrix` is of this form unless `matrix` is a symbol of the model", "later",
         model("\"matrix\": [[0", "\"0\": [0, 0, 0], \"matrix\": [[0"), "question", "embedding: unknown key \"0\""},
        {"A sequence with a position that has no row is an error that says so", "later",
         model("\"first\": 1}", "\"first\": 2}"), "question",
         "position.table: the model has positions 2 to 5, the sequence 1 to 3"},
        {"A sequence with a position that has no row is an error that says so", "later",
         model("\"first\": 1}", "\"first\": -1}"), "question",
         "position.table: the model has positions -1 to 2, the sequence 1 to 3"},
        {"A sequence with a position that has no row is an error that says so", "later",
         model("[[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]", "[]"), "question",
         "position.table: the model has positions 1 to 0"},
        {"p is a whole number, at most 10⁹ in size, 1 if left out", "later",
         model("\"first\": 1}", "\"first\": 1000000001}"), "question", "position.first: 1000000001 is not between"},
        {"`position` may be `{\"table\": matrix of d columns, \"first\": p}`", "later",
         model("\"first\": 1}", "\"last\": 4}"), "question", "position: unknown key \"last\""},
        {"`\"kind\": \"layer\"` (if left out), section 7's, or `\"kind\": \"rms\"`", "soft",
         model("\"rms\"", "\"batch\""), "question", "norm.final.kind: \"batch\" is not known here"},
        {"These norms have no `placement`", "soft",
         model("\"kind\": \"rms\"", "\"placement\": \"pre\", \"kind\": \"rms\""), "question",
         "norm.final: unknown key \"placement\""},
        {"`{\"embedding\": norm, \"final\": norm}`, either of which may be null or left out", "soft",
         model("{\"final\"", "{\"first\": null, \"final\""), "question", "norm: unknown key \"first\""},
        {"`{\"embedding\": norm, \"final\": norm}`, either of which may be null or left out", "soft",
         model("{\"final\": {\"kind\": \"rms\", \"eps\": 1}}", "null"), "question", "norm: an object was expected"},
        {"Of eps the same holds: m = 0 with eps 0 is an error at evaluation", "soft",
         both(model("\"final\": {\"kind\": \"rms\", \"eps\": 1}", "\"embedding\": {\"kind\": \"rms\", \"eps\": 0}"),
              model("\"1\": [1, 0]", "\"1\": [0, 0]")),
         "enclosure", "norm.embedding: a norm with eps = 0 of a vector that is 0"},
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": -1"), "question",
         "layers[0].repeat: a layer stands a whole number of times"},
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": 65537"), "question",
         "layers[0].repeat: a layer stands a whole number of times"},
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": 0.5"), "question",
         "layers[0].repeat: a layer stands a whole number of times"},
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": \"n/2\""), "question", "layers[0].repeat: a layer cannot stand 3/2 times"},
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": \"2 - n\""), "question",
         "layers[0].repeat: a layer cannot stand -1 times"},
    };
}

std::vector<Forgery> parts() {
    return {
        {"whose value k must come out an integer from 0 to 65,536 at every length that is asked about", "later",
         model("\"repeat\": 2", "\"repeat\": \"30000*n\""), "question",
         "layers[0].repeat: a layer cannot stand 90000 times"},
        {"`repeat` is an expression in `n` without `pi`, `sqrt`, `log`, `exp`, `sin`, `cos`", "later",
         model("\"repeat\": 2", "\"repeat\": \"i\""), "question",
         "layers[0].repeat: expression: 'i' is not allowed here"},
        {"`repeat` is an expression in `n` without `pi`, `sqrt`, `log`, `exp`, `sin`, `cos`", "soft",
         model("{\"feedforward\"", "{\"repeat\": \"exp(0)\", \"feedforward\""), "question",
         "layers[1].repeat: how often a layer stands is not transcendental"},
        {"k = 0: the layer does not stand", "later", model("\"repeat\": 2", "\"repeat\": 0"), "exhaustion",
         "word \"001\": the model rejects it"},
        {"A head may have `tie` and `mask` of its own, with the values that the attention part has", "later",
         model("\"tie\": \"right\"", "\"tie\": \"both\""), "question", "heads[0].tie: \"both\" is not known here"},
        {"A head may have `tie` and `mask` of its own, with the values that the attention part has", "later",
         model("\"mask\": \"causal\"", "\"mask\": \"banded\""), "question",
         "heads[0].mask: \"banded\" is not known here"},
        {"what a head leaves out, the attention part says", "later",
         model("\"tie\": \"right\", \"mask\": \"causal\"", "\"tie\": \"right\", \"mask\": \"strict\""), "exhaustion",
         "word \"001\""},
        {"what a head leaves out, the attention part says", "later",
         model("\"tie\": \"right\", \"mask\": \"causal\"", "\"mask\": \"causal\""), "exhaustion", "word \"001\""},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"base\": 10000", "\"base\": 0"), "question", "rotary.base: a base is positive"},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"factor\": 1", "\"factor\": -1"), "question", "rotary.factor: a factor is positive"},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"first\": 1", "\"first\": 0.5"), "question", "rotary.first: an integer was expected"},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"dims\": 2", "\"dims\": 1"), "question", "rotary.dims: 1 is not between"},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"dims\": 2", "\"dims\": 3"), "question", "rotary.dims: an even number was expected"},
        {"b and c are positive numbers, f a whole number, at most 10⁹ in size, m an even whole number from 2 to the "
         "number of rows of the query of each head that has one",
         "soft", model("\"dims\": 2", "\"dims\": 4"), "question", "rotary.dims: a query has only 2 rows"},
        {"f is 0 and c is 1 if left out; the others are required", "soft", model("\"base\": 10000, ", ""), "question",
         "rotary: the key \"base\" is missing"},
        {"f is 0 and c is 1 if left out; the others are required", "soft", model("\"pairing\": \"half\", ", ""),
         "question", "rotary: the key \"pairing\" is missing"},
        {"\"pairing\": \"half\" | \"interleaved\"", "soft", model("\"half\"", "\"quarter\""), "question",
         "rotary.pairing: \"quarter\" is not known here"},
        {"`rotary` of an attention part of kind softmax or sparsemax", "later",
         model("\"kind\": \"hard\"",
               "\"rotary\": {\"base\": 2, \"dims\": 2, \"pairing\": \"half\"}, \"kind\": \"hard\""),
         "question", "rotary: only softmax and sparsemax attention"},
        {"the feed-forward part then has `slope`, a number from 0 to 1, which no other has", "later",
         model(", \"slope\": \"1/4\"", ""), "question", "feedforward: the key \"slope\" is missing"},
        {"the feed-forward part then has `slope`, a number from 0 to 1, which no other has", "later",
         model("\"1/4\"", "\"5/4\""), "question", "feedforward.slope: a slope is a number from 0 to 1"},
        {"the feed-forward part then has `slope`, a number from 0 to 1, which no other has", "later",
         model("\"1/4\"", "-1"), "question", "feedforward.slope: a slope is a number from 0 to 1"},
        {"the feed-forward part then has `slope`, a number from 0 to 1, which no other has", "later",
         model("\"leaky-relu\"", "\"relu\""), "question", "feedforward.slope: only leaky-relu has a slope"},
    };
}

std::vector<Forgery> readouts() {
    return {
        {"`activation` stands in place of max(0, ·) between the maps", "soft", model("\"gelu\"", "\"swish\""),
         "question", "activation: \"swish\" is not known here"},
        {"an affine map of d inputs with as many rows as the first of the maps, which are two then", "soft",
         model("\"gate\": [[1, 0]]", "\"gate\": [[1, 0], [0, 1]]"), "question",
         "gate: a gate has as many rows as the first map"},
        {"an affine map of d inputs with as many rows as the first of the maps, which are two then", "soft",
         model("\"gate\": [[1, 0]]", "\"gate\": [[1]]"), "question", "gate[0]: a row of 2 numbers"},
        {"an affine map of d inputs with as many rows as the first of the maps, which are two then", "soft",
         model("[[[1, 0]], [[0], [1]]]", "[[[1, 0]], [[1]], [[0], [1]]]"), "question",
         "gate: with a gate there are two maps"},
        {"The classes are distinct, C ≥ 1", "later", model("[\"no\", \"yes\"]", "[\"yes\", \"yes\"]"), "question",
         "classes[1]: the class is listed twice"},
        {"The classes are distinct, C ≥ 1", "later", model("[\"no\", \"yes\"]", "[]"), "question",
         "classes: at least one class"},
        {"\"weight\": matrix of C rows and d columns", "later", model("[[0, 0, 0], [0, 0, 1]]", "[[0, 0, 1]]"),
         "question", "readout.weight: 2 rows were expected"},
        {"\"bias\": vector of C numbers", "later", model("[0, \"-1/2\"]", "[0]"), "question",
         "readout.bias: 2 numbers were expected"},
        {"`accept` lists classes, each once, at least one and not all of them", "later",
         model("[\"yes\"]", "[\"maybe\"]"), "question", "accept[0]: it is not one of the classes"},
        {"`accept` lists classes, each once, at least one and not all of them", "later",
         model("[\"yes\"]", "[\"yes\", \"yes\"]"), "question", "accept[1]: the class is listed twice"},
        {"`accept` lists classes, each once, at least one and not all of them", "later", model("[\"yes\"]", "[]"),
         "question", "accept: some classes are accepted, and some are not"},
        {"`accept` lists classes, each once, at least one and not all of them", "later",
         model("[\"yes\"]", "[\"yes\", \"no\"]"), "question", "accept: some classes are accepted, and some are not"},
        {"A word is accepted iff its class is in `accept`", "later", model("[\"yes\"]", "[\"no\"]"), "exhaustion",
         "word \"000\": the model accepts it"},
        {"the answer is the class of the greatest logit, of several the one listed first", "later",
         model("[0, 0, 1]], \"bias\": [0, \"-1/2\"]", "[0, 0, 0]], \"bias\": [0, 0]"), "exhaustion",
         "word \"001\": the model rejects it"},
        {"Without `accept` the model has classes but accepts and rejects nothing: who asks whether it does gets an "
         "error",
         "later", model(", \"accept\": [\"yes\"]", ""), "question", "readout: the model accepts and rejects nothing"},
        {"Without `accept` the model has classes but accepts and rejects nothing: who asks whether it does gets an "
         "error",
         "soft", model(", \"accept\": [\"y\"]", ""), "question", "readout: the model accepts and rejects nothing"},
        {"Such a readout has no `accept`", "later", model("\"position\": \"last\"", "\"position\": \"each\""),
         "question", "accept: a class at each position accepts nothing"},
        {"`position` may be `\"each\"` if there are classes", "nothing left",
         both(model("\"version\": 1", "\"version\": 2"), model("\"position\": \"last\"", "\"position\": \"each\"")),
         "question", "readout.position: a class at each position needs classes"},
        {"The readout of a model with evidence `refutation` is at one position, not `mean` or `sum`", "later refuted",
         model("\"position\": \"last\"", "\"position\": \"mean\""), "question",
         "evidence.kind: a refutation needs a readout at one position"},
        {"The readout of a model with evidence `refutation` is at one position, not `mean` or `sum`", "later refuted",
         model("\"position\": \"last\"", "\"position\": \"sum\""), "question",
         "evidence.kind: a refutation needs a readout at one position"},
        {"Sparsemax layers mix with layers of every kind", "later refuted",
         model("\"kind\": \"hard\"", "\"kind\": \"sparsemax\""), "question",
         "a refutation needs hard attention throughout"},
        {"it is judged only where the enclosure lies on one side of 0, since at 0 the order of the classes decides",
         "soft", model("[[-1, 0], [1, 0]]", "[[1, 0], [1, 0]]"), "enclosure", "word \"00\": its score is not certain"},
        {"Otherwise the answer is undecided, also where two logits are equal", "soft",
         both(model("[[-1, 0], [1, 0]]", "[[0, 0], [0, 0]]"), evidence("\"margin\": 1", "\"margin\": 0")), "enclosure",
         "word \"00\": its score is not certain"},
    };
}

}  // namespace

Section models_of_version_2() {
    Section section{"MODEL.md, version 2", top_level()};
    for (const auto& more : {arrays_and_layers(), parts(), readouts()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
