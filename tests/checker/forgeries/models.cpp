#include "forgery.hpp"
#include "originals.hpp"

// The model format as the checker reads it. All of these have right digests and claim a language that the
// unharmed model recognises.

namespace forgeries {
namespace {

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Forgery rich(const char* sentence, const std::string& from, const std::string& to, const char* where) {
    return {sentence, "rich model", model(from, to), "question", where};
}

constexpr const char* unknown = "A key that this text does not name at a place is an error there";
constexpr const char* another_form = "and so is a value of another form";
constexpr const char* version = "| `version` | 1 or 2; required";
constexpr const char* vector = "A *vector* of k numbers is a list of k numbers";
constexpr const char* matrix = "A *matrix* of r rows and c columns is a list of r lists of c numbers";
constexpr const char* sparse = "row and column count from 0, no pair occurs twice";
constexpr const char* markers = "a symbol outside the alphabet that stands before (after) each word";
constexpr const char* embedding =
    "an object that gives each symbol of the alphabet, begin and end a vector of d numbers, and nothing else";
constexpr const char* head_keys =
    "A head is an object with the affine maps `query`, `key` (both or neither; equally many rows)";
constexpr const char* output = "output takes what value gives and has d rows";
constexpr const char* maps = "`maps` (required, a list of at least one affine map, the last with d rows)";
constexpr const char* readout =
    "`{\"position\": p, \"weight\": vector of d numbers, \"bias\": number}`, all three required";
constexpr const char* place_read = "from 1 (the first), or from −1 backwards (the last), at most 10⁹ in size, not 0";
constexpr const char* kinds = "Hard and average layers mix; softmax goes with neither";
constexpr const char* norm =
    "A norm is `{\"placement\": \"pre\" | \"post\", \"eps\": number, \"gain\": vector, \"bias\": vector}`";
constexpr const char* numbers = "In quotes stand integers and quotients of integers, without blanks";
constexpr const char* expressions = "An expression is a number that is no text, or a text of this grammar";
constexpr const char* variables = "Each place says which of them it has";
constexpr const char* scale = "It must be positive wherever a product is scaled";

std::vector<Forgery> keys() {
    return {
        rich(unknown, "\"dimension\"", "\"dropout\": 0, \"dimension\"", "unknown key \"dropout\""),
        rich(unknown, "\"tie\"", "\"ties\": 1, \"tie\"", "layers[0].attention: unknown key \"ties\""),
        rich(unknown, "\"value\": [[1, 0, 0]]", "\"value\": [[1, 0, 0]], \"rotary\": 1",
             "heads[0]: unknown key \"rotary\""),
        rich(unknown, "{\"weight\": [[0, 1, 0]], \"bias\"", "{\"weight\": [[0, 1, 0]], \"scale\": 1, \"bias\"",
             "key: unknown key \"scale\""),
        rich(unknown, "\"maps\"", "\"activation\": \"gelu\", \"maps\"", "feedforward: unknown key \"activation\""),
        rich(unknown, "{\"position\": \"last\"", "{\"threshold\": 0, \"position\": \"last\"",
             "readout: unknown key \"threshold\""),
        rich(unknown, "{\"attention\"", "{\"repeat\": 1, \"attention\"", "layers[0]: unknown key \"repeat\""),
        rich(unknown, "{\"rows\": 3, ", "{\"rank\": 2, \"rows\": 3, ", "output: unknown key \"rank\""),
        rich(version, "\"version\": 1, ", "", "the key \"version\" is missing"),
        rich(version, "\"version\": 1", "\"version\": 3", "model.json: version"),
        rich("d, a whole number from 1 to 2²⁰; required", "\"dimension\": 3,", "", "the key \"dimension\" is missing"),
        rich("a list of layers, section 6; required, may be empty", "\"layers\": [", "\"layer\": [",
             "unknown key \"layer\""),
        rich(readout, "\"weight\": [0, 0, 1], ", "", "readout: the key \"weight\" is missing"),
        rich(readout, "\"position\": \"last\", ", "", "readout: the key \"position\" is missing"),
        rich("`kind` (required)", "\"kind\": \"hard\", ", "", "attention: the key \"kind\" is missing"),
        rich("`value`, `output` (required;", "\"value\": [[1, 0, 0]], ", "", "heads[0]: the key \"value\" is missing"),
        rich(head_keys, "\"query\": [[0, 1, 0]], ", "", "heads[0]: query and key are both there or both absent"),
        rich("a list of texts: keys of attest's bibliography", "[\"hahn2020theoretical\"]", "[1]",
             "cite[0]: a string was expected"),
        rich(another_form, "\"name\": \"rich\"", "\"name\": 1", "name: a string was expected"),
        rich("a list of distinct symbols, at least one; required", "[\"0\", \"1\"]", "[\"0\", \"0\"]",
             "alphabet[1]: the symbol occurs twice"),
        rich("a list of distinct symbols, at least one; required", "[\"0\", \"1\"]", "[]",
             "alphabet: at least one symbol"),
        rich(markers, "\"end\": \"$\"", "\"end\": \"0\"", "end: the symbol is in the alphabet"),
        rich(markers, "\"begin\": \"^\"", "\"begin\": \"1\"", "begin: the symbol is in the alphabet"),
        rich(markers, "\"begin\": \"^\"", "\"begin\": \"\"", "begin: a symbol is not empty"),
        rich(embedding, "\"0\": [0, 0, 0], ", "", "embedding: the key \"0\" is missing"),
        rich(embedding, ", \"$\": [0, 0, 0]", "", "embedding: the key \"$\" is missing"),
        rich(embedding, "\"$\": [0, 0, 0]", "\"$\": [0, 0, 0], \"2\": [0, 0, 0]",
             "embedding: \"2\" is not a symbol of the model"),
    };
}

std::vector<Forgery> shapes() {
    return {
        rich(vector, "\"1\": [1, 0, 0]", "\"1\": [1, 0]", "embedding.1: 3 numbers were expected, 2 were found"),
        rich(vector, "\"1\": [1, 0, 0]", "\"1\": [1, 0, 0, 0]", "embedding.1: 3 numbers were expected, 4 were found"),
        rich(vector, "\"1\": [1, 0, 0]", "\"1\": 1", "embedding.1: an array was expected"),
        rich("a list of d expressions in `i` and `n`", "[0, \"1/n\", 0]", "[0, \"1/n\"]",
             "position: 3 expressions were expected"),
        rich(vector, "\"weight\": [0, 0, 1]", "\"weight\": [0, 0, 0, 1]", "readout.weight: 3 numbers were expected"),
        rich(matrix, "\"query\": [[0, 1, 0]]", "\"query\": [[0, 1]]", "query[0]: a row of 3 numbers was expected"),
        rich(head_keys, "\"query\": [[0, 1, 0]]", "\"query\": [[0, 1, 0], [0, 1, 0]]",
             "heads[0]: query and key differ in rows"),
        rich(matrix, "\"query\": [[0, 1, 0]]", "\"query\": [[0, 1, 0], [0, 1]]",
             "query[1]: a row of 3 numbers was expected"),
        rich(matrix, "\"query\": [[0, 1, 0]]", "\"query\": []", "query: a matrix without entries"),
        rich(output, "\"value\": [[1, 0, 0]]", "\"value\": [[1, 0, 0], [0, 1, 0]]",
             "output: 2 columns were expected, 1 were found"),
        rich(output, "{\"rows\": 3, \"cols\": 1, \"entries\": [[2, 0, 1]]}",
             "{\"rows\": 4, \"cols\": 1, \"entries\": [[2, 0, 1]]}", "output: 3 rows were expected"),
        rich(vector, "\"bias\": [0]}", "\"bias\": [0, 0]}", "key.bias: 1 numbers were expected, 2 were found"),
        rich(maps, "[[0, 0, 1]], [[0], [0], [1]]", "[[0, 0, 1]], [[0, 0], [0, 0], [1, 0]]",
             "maps[1][0]: a row of 1 numbers was expected"),
        rich(maps, "[[0, 0, 1]], [[0], [0], [1]]", "[[0, 0, 1]]", "maps: the last map must have 3 rows"),
        rich(maps, "[[[0, 0, 1]], [[0], [0], [1]]]", "[]", "maps: at least one map was expected"),
        rich(sparse, "[[2, 0, 1]]", "[[2, 0, 1], [2, 0, 0]]", "entries: one pair occurs twice"),
        rich(sparse, "[[2, 0, 1]]", "[[3, 0, 1]]", "entries[0][0]: 3 is not between 0 and 2"),
        rich(sparse, "[[2, 0, 1]]", "[[2, 1, 1]]", "entries[0][1]: 1 is not between 0 and 0"),
        rich(sparse, "[[2, 0, 1]]", "[[2, 0]]", "entries[0]: an entry is [row, column, number]"),
        rich(place_read, "\"position\": \"last\"", "\"position\": 0", "readout.position: positions count from 1"),
        rich(place_read, "\"position\": \"last\"", "\"position\": \"middle\"",
             "readout.position: \"middle\" is not known here"),
        rich(place_read, "\"position\": \"last\"", "\"position\": 6",
             "readout.position: position 6 of a sequence of 5"),
        rich(place_read, "\"position\": \"last\"", "\"position\": -6",
             "readout.position: position -6 of a sequence of 5"),
        rich(another_form, "\"kind\": \"hard\"", "\"kind\": \"sparse\"", "kind: \"sparse\" is not known here"),
        rich(another_form, "\"tie\": \"left\"", "\"tie\": \"middle\"", "tie: \"middle\" is not known here"),
        rich(another_form, "\"mask\": \"causal\"", "\"mask\": \"banded\"", "mask: \"banded\" is not known here"),
        rich(another_form, "\"residual\": true", "\"residual\": 1", "residual: true or false was expected"),
        rich(kinds, "\"norm\": null", "\"norm\": {\"placement\": \"post\", \"eps\": 1}",
             "layers: softmax attention and norms do not go with"),
        rich(kinds, "}],\n    \"readout\"",
             R"(}, {"attention": {"kind": "softmax", "heads": [{"value": [[1, 0, 0]], "output": [[0], [0], [0]]}]}}],
    "readout")",
             "layers: softmax attention and norms do not go with"),
        {norm, "norm", model("\"post\"", "\"mid\""), "question", "placement: \"mid\" is not known here"},
        {norm, "norm", model("\"eps\": 1", "\"eps\": -1"), "question", "eps: eps is negative"},
        {norm, "norm", model("\"gain\": [1, 1]", "\"gain\": [1]"), "question", "gain: 2 numbers were expected"},
    };
}

std::vector<Forgery> texts() {
    const auto place = [](const std::string& expression, const char* where) {
        return rich(expressions, "\"1/n\"", "\"" + expression + "\"", where);
    };
    const auto bias = [](const std::string& number, const char* where) {
        return rich(numbers, "\"-1/2\"", number, where);
    };
    return {
        bias("\"1/0\"", "readout.bias: a fraction with denominator 0"),
        bias("\"1/-2\"", "readout.bias: a digit was expected"),
        bias("\"-1/2 \"", "readout.bias: a number in quotes is an integer"),
        bias("\"1/2/3\"", "readout.bias: a number in quotes is an integer"),
        bias("\"\"", "readout.bias: a digit was expected"),
        bias("\"0x1\"", "readout.bias: a number in quotes is an integer"),
        bias("\"Infinity\"", "readout.bias: a digit was expected"),
        bias("null", "readout.bias: a number was expected"),
        bias("[0]", "readout.bias: a number was expected"),
        bias("true", "readout.bias: a number was expected"),
        place("1/", "position[1]: expression: unexpected end"),
        place("1 2", "position[1]: expression: unexpected '2'"),
        place("1)", "position[1]: expression: unexpected ')'"),
        place("(1", "position[1]: expression: ')' was expected"),
        place("j", "position[1]: expression: 'j' is not allowed here"),
        place("dk", "position[1]: expression: 'dk' is not allowed here"),
        place("i*x", "position[1]: expression: 'x' is not allowed here"),
        place("max(1)", "position[1]: expression: ',' was expected"),
        place("abs(1, 2)", "position[1]: expression: ')' was expected"),
        place("[1]", "position[1]: expression: a comparison was expected"),
        place("[1 < 2", "position[1]: expression: ']' was expected"),
        place("[1 < 2 < 3]", "position[1]: expression: ']' was expected"),
        place("1e", "position[1]: a digit was expected"),
        place("1.", "position[1]: a digit was expected"),
        place("", "position[1]: expression: unexpected end"),
        place(std::string(300, '(') + "1" + std::string(300, ')'), "position[1]: expression: nested deeper than 200"),
        rich(variables, "\"1/dk\"", "\"1/i\"", "scale: expression: 'i' is not allowed here"),
        rich(variables, "\"[j = n - 1]/(i + 1 - j)\"", "\"dk\"", "bias: expression: 'dk' is not allowed here"),
        rich(scale, "\"1/dk\"", "\"0\"", "scale: a scale is positive"),
    };
}

std::vector<Forgery> tensors() {
    const auto header = [](const std::string& from, const std::string& to) {
        return Edit([=](Certificate& c) {
            std::string& bytes = c.files.at("t.safetensors");
            std::string text = bytes.substr(8, static_cast<unsigned char>(bytes[0])),
                        data = bytes.substr(8 + text.size());
            text = replaced(text, from, to);
            bytes = std::string(8, '\0') + text + data;
            bytes[0] = static_cast<char>(text.size());
        });
    };
    const auto broken = [](const char* sentence, Edit edit, const char* where) {
        return Forgery{sentence, "tensors", std::move(edit), "question", where};
    };
    constexpr const char* safetensors = "The tensors cover the data without overlap and without hole";
    constexpr const char* exact = "NaN and infinities are refused where a model takes them";
    const auto bytes = [](std::size_t from_end, const std::string& put) {
        return Edit([=](Certificate& c) {
            std::string& all = c.files.at("t.safetensors");
            all.replace(all.size() - from_end, put.size(), put);
        });
    };
    return {
        broken(safetensors, model("{\"tensor\": \"one\"}", "{\"tensor\": \"two\"}"),
               "embedding.1: there is no tensor \"two\""),
        broken(safetensors, model("{\"tensor\": \"one\"}", "{\"tensor\": \"one\", \"row\": 0}"),
               "embedding.1: unknown key \"row\""),
        broken(safetensors, header("\"I8\", \"shape\": [1]", "\"I8\", \"shape\": [1, 1]"),
               "embedding.1: a tensor of rank 1 was expected"),
        broken(safetensors, header("\"I8\"", "\"I16\""), "the offsets do not fit shape and type"),
        broken(safetensors, header("\"I8\", \"shape\": [1]", "\"I8\", \"shape\": [2]"), "the"),
        broken(safetensors, header("[4, 5]", "[5, 4]"), "the end is before the begin"),
        broken(safetensors, header("[4, 5]", "[4, 6]"), "data_offsets[1]: 6 is not between 0 and 5"),
        broken(safetensors, header("[4, 5]", "[3, 4]"), "overlaps another tensor"),
        broken(safetensors, header("[0, 4]", "[4]"), "two offsets were expected"),
        broken(safetensors, header("\"zero\"", "\"one\""), "appears twice"),
        broken(safetensors, put("t.safetensors", ""), "t.safetensors: shorter than 8 bytes"),
        broken(safetensors, put("t.safetensors", std::string(8, '\xff')),
               "the header claims more bytes than there are"),
        broken(safetensors, put("t.safetensors", std::string("\x02\0\0\0\0\0\0\0[]", 10)),
               "the header does not begin with {"),
        broken(
            safetensors, [](Certificate& c) { c.files.at("t.safetensors") += '\1'; }, "data after the last tensor"),
        broken(exact, bytes(5, std::string("\0\0\x80\x7f", 4)), "embedding.0: an infinity"),
        broken(exact, bytes(5, std::string("\0\0\xc0\x7f", 4)), "embedding.0: a NaN"),
        {"byte for byte as it was read", "tensors", bytes(1, std::string(1, '\0')), "exhaustion",
         "word \"01\": the model rejects it"},
    };
}

}  // namespace

Section models() {
    Section section{"MODEL.md", keys()};
    for (const auto& more : {shapes(), texts(), tensors()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
