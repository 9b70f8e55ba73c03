#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace checker_test {

/// Random small models of version 2, in which most of its keys occur.
class RandomVersion2 {
  public:
    using json = nlohmann::json;

    explicit RandomVersion2(std::uint64_t seed) : random_(seed) {}

    /// A softmax model, or one with hard, average and sparsemax layers.
    json model(bool soft) {
        soft_ = soft;
        d_ = 2 + below(3);
        json m = {{"format", "attest/model"}, {"version", 2}, {"alphabet", {"a", "bb"}}, {"dimension", d_}};
        if (below(2) == 0) m["begin"] = "<s>";
        if (below(2) == 0) m["end"] = "</s>";
        m["embedding"] = {{"matrix", matrix(5, d_)}, {"rows", {{"a", below(5)}, {"bb", below(5)}}}};
        if (m.contains("begin")) m["embedding"]["rows"]["<s>"] = below(5);
        if (m.contains("end")) m["embedding"]["rows"]["</s>"] = below(5);
        if (below(2) == 0) m["position"] = {{"table", matrix(9, d_)}, {"first", 0}};
        if (below(3) == 0) m["max_length"] = 5;
        if (soft && below(2) == 0) m["norm"] = {{"final", norm(false)}};
        if (soft && below(2) == 0) m["norm"]["embedding"] = norm(false);
        m["layers"] = json::array();
        const std::size_t layers = only_hard_ ? 1 : 1 + below(2);
        for (std::size_t l = 0; l < layers; ++l) m["layers"].push_back(layer());
        // Something that is not exact, so that softmax attention is what the model is read by.
        if (soft) m["layers"].push_back({{"attention", attention("softmax")}});
        m["readout"] = readout();
        return m;
    }

    /// One layer, hard, that may repeat, read at one position: circuits of more have too many values.
    json hard_model() {
        only_hard_ = true;
        json m = model(false);
        m["readout"]["position"] = pick({"first", "last"});
        return m;
    }

  private:
    std::size_t below(std::size_t bound) { return random_() % bound; }
    std::string pick(std::initializer_list<const char*> choices) { return choices.begin()[below(choices.size())]; }
    /// Eighths in general; in exact models small numbers, so that ties are common.
    json number() {
        if (!soft_) return json::array({0, 0, 1, -1, 2, 0.5})[below(6)];
        return (static_cast<double>(below(33)) - 16) / 8;
    }
    json numbers(std::size_t count) {
        json list = json::array();
        while (list.size() < count) list.push_back(number());
        return list;
    }
    json matrix(std::size_t rows, std::size_t columns) {
        json list = json::array();
        while (list.size() < rows) list.push_back(numbers(columns));
        return list;
    }
    json map(std::size_t rows, std::size_t columns) {
        if (below(2) == 0) return matrix(rows, columns);
        return {{"weight", matrix(rows, columns)}, {"bias", numbers(rows)}};
    }

    json norm(bool placement) {
        json n = {{"eps", 0.125}, {"kind", pick({"layer", "rms"})}};
        if (placement) n["placement"] = pick({"pre", "post"});
        if (below(2) == 0) n["gain"] = numbers(d_);
        if (below(2) == 0) n["bias"] = numbers(d_);
        return n;
    }

    json layer() {
        json l = json::object();
        if (below(3) == 0) l["repeat"] = below(only_hard_ ? 3 : 4);
        if (below(4) != 0) {
            const std::string exact = only_hard_ ? "hard" : pick({"hard", "average", "sparsemax"});
            l["attention"] = attention(soft_ ? pick({"softmax", "sparsemax"}) : exact);
        }
        if (!l.contains("attention") || below(2) == 0) l["feedforward"] = feedforward();
        return l;
    }

    json attention(const std::string& kind) {
        json a = {{"kind", kind}, {"tie", pick({"left", "right"})}, {"mask", mask()}, {"heads", json::array()}};
        if (below(3) == 0) a["residual"] = false;
        if (soft_ && below(2) == 0) a["scale"] = 0.5;
        if (soft_ && below(3) == 0) a["norm"] = norm(true);
        for (std::size_t h = 0; h <= below(2); ++h) a["heads"].push_back(head());
        if (soft_ && below(2) == 0)
            a["rotary"] = {{"base", 100},
                           {"dims", below(2) == 0 ? 2 : 4},
                           {"pairing", pick({"half", "interleaved"})},
                           {"first", below(3)},
                           {"factor", 2}};
        return a;
    }

    std::string mask() { return pick({"none", "none", "causal", "strict", "future", "strict-future"}); }

    json head() {
        const std::size_t values = 1 + below(2);
        json h = {{"value", map(values, d_)}, {"output", map(d_, values)}};
        if (below(4) != 0) h["query"] = map(4, d_), h["key"] = map(4, d_);
        if (below(3) == 0) h["mask"] = mask();
        if (below(3) == 0) h["tie"] = pick({"left", "right"});
        return h;
    }

    json feedforward() {
        const std::size_t hidden = 1 + below(3);
        json f = {{"maps", {map(hidden, d_), map(d_, hidden)}}};
        if (below(3) == 0) f["residual"] = false;
        if (below(2) == 0) f["activation"] = "leaky-relu", f["slope"] = 0.25;
        if (!soft_) return f;
        if (below(3) == 0) f["norm"] = norm(true);
        if (below(3) == 0) f["gate"] = map(hidden, d_);
        if (below(2) == 0) return f;
        f.erase("slope");
        f["activation"] = pick({"gelu", "gelu-tanh", "silu", "tanh", "sigmoid"});
        return f;
    }

    json readout() {
        json r = {{"position", pick({"first", "last", "mean", "sum"})}};
        if (below(2) == 0) {
            r["weight"] = numbers(d_), r["bias"] = number();
            return r;
        }
        r["classes"] = {"x", "y", "z"};
        r["weight"] = matrix(3, d_), r["bias"] = numbers(3);
        r["accept"] = below(2) == 0 ? json({"y"}) : json({"z", "x"});
        return r;
    }

    std::mt19937_64 random_;
    std::size_t d_ = 0;
    bool soft_ = false;
    bool only_hard_ = false;
};

}  // namespace checker_test
