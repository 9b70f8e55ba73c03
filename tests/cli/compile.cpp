#include <catch2/catch.hpp>
#include <sstream>

#include "model_text.hpp"
#include "run.hpp"

// attest compile: the files that it writes mean what eval says.

using namespace attest::tests;

namespace {

/// A circuit in AIGER's ASCII form, read as its report defines it.
struct Aiger {
    std::size_t inputs = 0, gates = 0;
    std::vector<unsigned> input, output, constraint;
    std::vector<std::array<unsigned, 3>> gate;
    std::map<std::string, std::string> names;  ///< `i0` → x1

    explicit Aiger(const std::string& text) {
        std::istringstream stream(text);
        std::string magic;
        std::size_t m = 0, latches = 0, outputs = 0, bad = 0, constraints = 0;
        std::string header;
        std::getline(stream, header);
        std::istringstream fields(header);
        fields >> magic >> m >> inputs >> latches >> outputs >> gates >> bad >> constraints;
        REQUIRE(magic == "aag");
        REQUIRE(latches == 0);
        input.resize(inputs);
        output.resize(outputs);
        constraint.resize(constraints);
        gate.resize(gates);
        for (unsigned& l : input) stream >> l;
        for (unsigned& l : output) stream >> l;
        for (unsigned& l : constraint) stream >> l;
        for (auto& [left, a, b] : gate) stream >> left >> a >> b;
        for (std::string key, name; stream >> key >> name && key != "c";) names[key] = name;
    }

    /// The output, or nothing where a constraint does not hold.
    std::optional<bool> value(const std::vector<bool>& bits) const {
        std::map<unsigned, bool> known{{0, false}, {1, true}};
        const auto set = [&](unsigned l, bool v) { known[l] = v, known[l ^ 1] = !v; };
        for (std::size_t k = 0; k < inputs; ++k) set(input[k], bits[k]);
        for (const auto& [left, a, b] : gate) set(left, known.at(a) && known.at(b));
        for (const unsigned l : constraint)
            if (!known.at(l)) return std::nullopt;
        return known.at(output.at(0));
    }
};

std::vector<std::string> all_words(const std::string& symbols, std::size_t length) {
    std::vector<std::string> words{""};
    for (std::size_t k = 0; k < length; ++k) {
        std::vector<std::string> longer;
        for (const std::string& word : words)
            for (const char c : symbols) longer.push_back(word + c);
        words = longer;
    }
    return words;
}

std::vector<std::string> answers(const std::string& model, const std::vector<std::string>& words) {
    Setting setting;
    for (const std::string& word : words) setting.input += word + "\n";
    return run_attest({"eval", model, "--words", "-"}, setting).lines();
}

std::string name(const Aiger& circuit, const std::string& key) {
    const auto found = circuit.names.find(key);
    return found == circuit.names.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("for two symbols AIGER inputs are x1, x2, … and true for the second symbol", "[cli]") {
    const Folder folder;
    const std::string form = GENERATE("constant-depth", "compact");
    const std::string model = GENERATE("zoo:palindrome", "zoo:anbn", "zoo:parity-tree-2-1", "zoo:contains-11");
    CAPTURE(model, form);
    const Run result = run_attest(folder, {"compile", model, "--length", "5", "--form", form, "-o", "f.aag"});
    REQUIRE(result.status == 0);
    const Aiger circuit(folder.read("f.aag"));
    REQUIRE(circuit.inputs == 5);
    for (int i = 0; i < 5; ++i) CHECK(name(circuit, "i" + std::to_string(i)) == "x" + std::to_string(i + 1));
    CHECK(circuit.output.size() == 1);
    CHECK(name(circuit, "o0") == "accept");
    CHECK(circuit.constraint.empty());
    const std::string symbols = model == "zoo:anbn" ? "ab" : "01";
    const std::vector<std::string> words = all_words(symbols, 5), lines = answers(model, words);
    REQUIRE(lines.size() == words.size());
    for (std::size_t w = 0; w < words.size(); ++w) {
        std::vector<bool> bits;
        for (const char c : words[w]) bits.push_back(c == symbols[1]);
        CHECK(lines[w] == words[w] + (circuit.value(bits).value() ? " accept" : " reject"));
    }
}

TEST_CASE("for more symbols there is an input a symbol and position, and exactly one holds", "[cli]") {
    const Folder folder;
    const std::string form = GENERATE("constant-depth", "compact");
    REQUIRE(
        run_attest(folder, {"compile", "zoo:dyck-2-depth-2", "--length", "2", "--form", form, "-o", "f.aag"}).status ==
        0);
    const Aiger circuit(folder.read("f.aag"));
    const std::string symbols = "()[]";
    REQUIRE(circuit.inputs == 8);
    for (std::size_t k = 0; k < 8; ++k)
        CHECK(name(circuit, "i" + std::to_string(k)) == "x" + std::to_string(k / 4 + 1) + "=" + symbols[k % 4]);
    CHECK(circuit.constraint.size() == 1);
    std::size_t words = 0;
    for (unsigned bits = 0; bits < 256; ++bits) {
        std::vector<bool> inputs;
        std::string word;
        for (unsigned k = 0; k < 8; ++k) {
            inputs.push_back((bits >> k & 1) != 0);
            if (inputs.back()) word += symbols[k % 4];
        }
        const bool one_hot = word.size() == 2 && (bits & 15) != 0 && (bits >> 4) != 0;
        const auto value = circuit.value(inputs);
        CHECK(value.has_value() == one_hot);
        if (!value) continue;
        ++words;
        CHECK(*value == (word == "()" || word == "[]"));
    }
    CHECK(words == 16);
}

TEST_CASE("the ending of the file chooses the format", "[cli]") {
    const Folder folder;
    const std::map<std::string, std::string> starts = {{"f.aag", "aag "},    {"f.aig", "aig "},      {"f.cnf", "c "},
                                                       {"f.dot", "digraph"}, {"f.graphml", "<?xml"}, {"f.json", "{"},
                                                       {"f.smt2", ";"}};
    for (const auto& [file, start] : starts) {
        CAPTURE(file);
        const Run result = run_attest(folder, {"compile", "zoo:palindrome", "--length", "4", "-o", file});
        CHECK(result.status == 0);
        CHECK(result.has("written   " + file));
        CHECK(folder.read(file).rfind(start, 0) == 0);
    }
    CHECK(folder.listing().size() == starts.size());
    CHECK(json::accept(folder.read("f.json")));
    CHECK(folder.read("f.smt2").find("(declare-const |x1| Bool)") != std::string::npos);
}

TEST_CASE("a file that is there is replaced whole", "[cli]") {
    const Folder folder;
    folder.write("f.aag", std::string(100000, 'x'));
    REQUIRE(run_attest(folder, {"compile", "zoo:first", "--length", "2", "-o", "f.aag"}).status == 0);
    CHECK(Aiger(folder.read("f.aag")).inputs == 2);
    CHECK(folder.listing() == std::vector<std::string>{"f.aag"});
}

TEST_CASE("compile --json tells sizes, and the constant-depth form keeps its bound", "[cli]") {
    for (const char* length : {"4", "8", "16"}) {
        const json object = run_attest({"compile", "zoo:palindrome", "--length", length, "--json"}).object();
        CHECK(object.at("model") == "palindrome");
        CHECK(object.at("length") == std::stoi(length));
        CHECK(object.at("form") == "constant-depth");
        for (const char* key : {"inputs", "gates", "wires", "depth", "greatest_fan_in", "positions", "layers",
                                "dropped", "memory_bytes"}) {
            CAPTURE(key);
            CHECK(object.at(key).is_number_unsigned());
        }
        CHECK(object.at("depth") <= object.at("depth_bound"));
        CHECK(object.at("formula_log2").is_number());
        CHECK(object.at("inputs") == std::stoi(length));
    }
    const json compact =
        run_attest({"compile", "zoo:palindrome", "--length", "4", "--form", "compact", "--json"}).object();
    CHECK(compact.at("form") == "compact");
    CHECK_FALSE(compact.contains("depth_bound"));
}

TEST_CASE("the same compilation gives the same bytes", "[cli]") {
    const Folder folder;
    for (const char* file : {"f.aag", "f.aig", "f.cnf", "f.dot", "f.graphml", "f.smt2", "f.json"}) {
        CAPTURE(file);
        const std::vector<std::string> arguments{"compile", "zoo:dyck-2-depth-2", "--length", "4", "--seed", "5", "-o",
                                                 file};
        const Run once = run_attest(folder, arguments);
        const std::string bytes = folder.read(file);
        CHECK(run_attest(folder, arguments).out == once.out);
        CHECK(folder.read(file) == bytes);
    }
}

TEST_CASE("a thousand positions compile", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"compile", "zoo:first", "--length", "1000", "-o", "f.aig"}).status == 0);
    CHECK(folder.read("f.aig").rfind("aig 1000 1000 0 1 0", 0) == 0);
}

TEST_CASE("a name from a model file cannot fake a line", "[cli]") {
    const Folder folder;
    folder.write("m.json", with(bits(), {{"name", R"("x\nVERIFIED \u001b[31my")"}}));
    for (const char* file : {"f.aag", "f.cnf", "f.smt2", "f.dot"}) {
        const Run result = run_attest(folder, {"compile", "m.json", "--length", "2", "-o", file});
        CHECK(result.status == 0);
        CHECK(result.out.find("\nVERIFIED") == std::string::npos);
        CHECK(folder.read(file).find("\nVERIFIED") == std::string::npos);
    }
    const Run proved =
        run_attest(folder, {"prove", "m.json", "--language", "last", "--length", "2", "--certificate", "c"});
    CHECK(proved.status == 0);
    CHECK(proved.out.find("\nVERIFIED") == std::string::npos);
    CHECK(proved.out.find('\x1b') == std::string::npos);
    for (const Run& checked : {run_attest(folder, {"check", "c"}), run_check(folder, {"c"})}) {
        CHECK(checked.status == 0);
        CHECK(checked.out.find("\nVERIFIED") == std::string::npos);
        CHECK(checked.out.find('\x1b') == std::string::npos);
    }
}
