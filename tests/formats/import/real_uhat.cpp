#include <bit>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/formats/import.hpp"
#include "attest/network/evaluate.hpp"
#include "seed.hpp"
#include "writers.hpp"

// The family real-uhat, on random networks of small whole numbers, against what its forward() does.

using namespace attest;
using namespace attest::formats::import;
using namespace attest::formats::import::tests;
using namespace attest::formats::import::tests::pickle;

namespace {

using Numbers = std::vector<double>;

constexpr std::size_t d = 3, symbols = 3;  // begin, a, b

/// A state dict with random numbers, and the same numbers by name.
class Network {
  public:
    Network(std::uint64_t seed, std::size_t layers, std::size_t heads) : random_(seed), layers_(layers), heads_(heads) {
        add("embedding.weight", {symbols, d});
        for (std::size_t l = 0; l < layers; ++l) {
            for (std::size_t h = 0; h < heads; ++h) {
                add(name(l, h) + "score", {d, d});
                add(name(l, h) + "gate", {});
                add(name(l, h) + "value.weight", {d, d});
            }
            const std::string ffn = "blocks." + std::to_string(l) + ".ffn.";
            add(ffn + "0.weight", {2 * d, d});
            add(ffn + "0.bias", {2 * d});
            add(ffn + "2.weight", {d, 2 * d});
            add(ffn + "2.bias", {d});
        }
        add("readout.weight", {1, d});
        add("readout.bias", {1});
    }

    std::string file() const { return torch_file(dict(members_), storages_); }

    /// As the code of the framework computes it; position 0 holds the begin symbol.
    double logit(const std::vector<std::size_t>& tokens, bool rightmost) const {
        std::vector<Numbers> x;
        for (const std::size_t token : tokens) x.push_back(row("embedding.weight", token));
        for (std::size_t l = 0; l < layers_; ++l) x = layer(l, x, rightmost);
        return sum(row("readout.weight", 0), x.back()) + numbers_.at("readout.bias")[0];
    }

  private:
    static std::string name(std::size_t l, std::size_t h) {
        return "blocks." + std::to_string(l) + ".heads." + std::to_string(h) + ".";
    }
    static double sum(const Numbers& a, const Numbers& b) {
        double s = 0;
        for (std::size_t k = 0; k < a.size(); ++k) s += a[k] * b[k];
        return s;
    }
    Numbers row(const std::string& matrix, std::size_t r, std::size_t columns = d) const {
        const auto first = numbers_.at(matrix).begin() + static_cast<std::ptrdiff_t>(r * columns);
        return {first, first + static_cast<std::ptrdiff_t>(columns)};
    }

    void add(const std::string& name, const std::vector<std::uint64_t>& shape) {
        std::uint64_t count = 1;
        for (const std::uint64_t extent : shape) count *= extent;
        std::string bytes;
        for (std::uint64_t k = 0; k < count; ++k) {
            const auto value = static_cast<float>(static_cast<int>(random_() % 5) - 2);
            numbers_[name].push_back(value);
            bytes += number(std::bit_cast<std::uint32_t>(value), 4);
        }
        std::vector<std::uint64_t> strides(shape.size(), 1);
        if (shape.size() == 2) strides[0] = shape[1];
        const std::string key = std::to_string(storages_.size());
        members_.emplace_back(name, tensor(storage("Float", key, count), 0, shape, strides));
        storages_.emplace_back(key, bytes);
    }

    std::size_t choose(const std::string& head, const std::vector<Numbers>& x, std::size_t i, bool rightmost) const {
        const double gate = std::max(0.0, numbers_.at(head + "gate")[0]);
        std::size_t best = 0;
        double greatest = 0;
        for (std::size_t j = 0; j < i; ++j) {
            double score = 0;
            for (std::size_t a = 0; a < d; ++a) score += x[i][a] * sum(row(head + "score", a), x[j]);
            score *= gate;
            if (j == 0 || score > greatest || (rightmost && score == greatest)) best = j, greatest = score;
        }
        return best;
    }

    std::vector<Numbers> layer(std::size_t l, const std::vector<Numbers>& x, bool rightmost) const {
        std::vector<Numbers> y = x;
        for (std::size_t i = 0; i < x.size(); ++i) {
            for (std::size_t h = 0; h < heads_ && i > 0; ++h) {
                const Numbers& chosen = x[choose(name(l, h), x, i, rightmost)];
                for (std::size_t a = 0; a < d; ++a) y[i][a] += sum(row(name(l, h) + "value.weight", a), chosen);
            }
            const std::string ffn = "blocks." + std::to_string(l) + ".ffn.";
            Numbers hidden;
            for (std::size_t a = 0; a < 2 * d; ++a)
                hidden.push_back(std::max(0.0, sum(row(ffn + "0.weight", a), y[i]) + numbers_.at(ffn + "0.bias")[a]));
            for (std::size_t a = 0; a < d; ++a)
                y[i][a] += sum(row(ffn + "2.weight", a, 2 * d), hidden) + numbers_.at(ffn + "2.bias")[a];
        }
        return y;
    }

    std::mt19937_64 random_;
    std::size_t layers_, heads_;
    std::map<std::string, Numbers> numbers_;
    std::vector<std::pair<std::string, std::string>> members_, storages_;
};

/// Imports what the network would have been saved as.
Imported imported(const Network& network, const std::string& directions) {
    const base::DirectoryInProgress folder;
    const std::string path = folder.path() + "/u.pt";
    base::write_file(path, network.file());
    Options options;
    options.set = {"directions=" + directions};
    options.tokens = "a=1,b=2";
    options.begin = "<s>=0";
    options.name = "u";
    options.tensor_file = "u.safetensors";
    return import_model(path, options);
}

}  // namespace

TEST_CASE("hard attention to earlier positions is what the framework computes, exactly", "[import]") {
    const std::uint64_t seed = attest::tests::seed();
    for (std::uint64_t k = 0; k < 30; ++k) {
        INFO("seed " << seed << ", network " << k);
        const Network network(seed + k, 1 + k % 2, 1 + k % 3);
        const bool rightmost = k % 2 == 0;
        const Imported model = imported(network, rightmost ? "rightmost" : "leftmost");
        CHECK(model.family == "real-uhat");
        CHECK(model.version == 1);
        const network::Transformer t = formats::parse_model(model.document, "u.json", model.tensors);
        for (std::int64_t length = 0; length <= 4; ++length) {
            const network::Evaluator evaluator(t, length);
            language::Word word(static_cast<std::size_t>(length), 0);
            do {
                std::vector<std::size_t> tokens = {0};
                for (const language::Symbol s : word) tokens.push_back(s + 1);
                REQUIRE(evaluator.evaluate(word).score == exact::Rational(network.logit(tokens, rightmost)));
            } while (language::next_word(word, t.alphabet));
        }
    }
}

TEST_CASE("heads of both directions need version 2", "[import]") {
    const Imported model = imported(Network(1, 1, 2), "rightmost,leftmost");
    CHECK(model.version == 2);
    CHECK(model.document.find(R"("tie":"left")") != std::string::npos);
    CHECK_THROWS_WITH(imported(Network(1, 1, 2), "upwards"),
                      Catch::Matchers::Contains("expected rightmost or leftmost"));
}
