#include "network/need.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "naive_evaluator.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// What is needed, against two definitions: paths through a graph of all numbers of the network, and what happens to the
// readout when numbers that are not needed are others.

using namespace attest;
using namespace attest::network;

namespace {

/// Every number of a network as a vertex, and an edge from each to those that are computed of it.
class Graph {
  public:
    Graph(const Transformer& t, std::int64_t n) : t_(t), n_(n) {
        std::vector<std::vector<int>> y = boundary();
        for (const Layer& layer : t.layers) y = after(layer, y);
        if (t.final_norm) y = normed(y);
        const int answer = vertex();
        for (const std::int64_t p : t.read_positions(n))
            for (std::size_t c = 0; c < t.dimension; ++c) {
                bool weighed = !t.readout.classes && t.readout.weight[c] != 0;
                if (t.readout.classes)
                    for (const auto& row : t.readout.classes->logits.weight.rows)
                        for (const auto& entry : row) weighed = weighed || entry.first == c;
                if (weighed) edge(y[static_cast<std::size_t>(p - 1)][c], answer);
            }
        reach(answer);
    }

    /// Whether a path leads from the number to the readout.
    bool needed(std::size_t b, std::int64_t p, std::size_t c) const {
        return reached_[static_cast<std::size_t>(boundaries_[b][static_cast<std::size_t>(p - 1)][c])];
    }

  private:
    using Vectors = std::vector<std::vector<int>>;  // [position][coordinate]

    int vertex() {
        from_.emplace_back();
        return static_cast<int>(from_.size()) - 1;
    }
    void edge(int a, int b) { from_[static_cast<std::size_t>(b)].push_back(a); }
    std::vector<int> vertices(std::size_t count) {
        std::vector<int> result;
        for (std::size_t k = 0; k < count; ++k) result.push_back(vertex());
        return result;
    }
    Vectors boundary() {
        Vectors y;
        for (std::int64_t p = 0; p < n_; ++p) y.push_back(vertices(t_.dimension));
        boundaries_.push_back(y);
        return y;
    }
    std::vector<int> image(const exact::AffineMap& map, const std::vector<int>& x) {
        std::vector<int> y = vertices(map.outputs());
        for (std::size_t r = 0; r < map.outputs(); ++r)
            for (const auto& entry : map.weight.rows[r]) edge(x[entry.first], y[r]);
        return y;
    }
    Vectors normed(const Vectors& x) {
        Vectors y;
        for (const auto& vector : x) {
            y.push_back(vertices(vector.size()));
            for (const int a : vector)
                for (const int b : y.back()) edge(a, b);
        }
        return y;
    }
    Vectors normed(const std::optional<Norm>& norm, Norm::Placement placement, const Vectors& x) {
        return norm && norm->placement == placement ? normed(x) : x;
    }
    void add(const Vectors& x, const Vectors& y) {
        for (std::size_t p = 0; p < x.size(); ++p)
            for (std::size_t c = 0; c < x[p].size(); ++c) edge(x[p][c], y[p][c]);
    }
    Vectors sums() {
        Vectors y;
        for (std::int64_t p = 0; p < n_; ++p) y.push_back(vertices(t_.dimension));
        return y;
    }
    Vectors after(const Layer& layer, Vectors y) {
        if (layer.attention) y = after_attention(*layer.attention, y);
        if (layer.feedforward) y = after_feed_forward(*layer.feedforward, y);
        Vectors next = boundary();
        add(y, next);
        return next;
    }
    Vectors after_attention(const Attention& a, const Vectors& y) {
        const Vectors x = normed(a.norm, Norm::Placement::pre, y), z = sums();
        if (a.residual) add(y, z);
        for (const Head& head : a.heads) add_head(a, head, x, z);
        return normed(a.norm, Norm::Placement::post, z);
    }
    void add_head(const Attention& a, const Head& head, const Vectors& x, const Vectors& z) {
        for (std::int64_t i = 1; i <= n_; ++i) {
            const auto at = static_cast<std::size_t>(i - 1);
            std::vector<int> mean = vertices(head.value.outputs());
            for (std::int64_t j = 1; j <= n_; ++j) {
                if (!allows(a.mask_of(head), i, j)) continue;
                const std::vector<int>& key_side = x[static_cast<std::size_t>(j - 1)];
                const std::vector<int> value = image(head.value, key_side);
                std::vector<int> score;
                if (head.query) {
                    score = image(*head.query, x[at]);
                    for (const int k : image(*head.key, key_side)) score.push_back(k);
                }
                for (std::size_t r = 0; r < mean.size(); ++r) {
                    if (head.value.weight.rows[r].empty()) continue;  // a mean of one constant
                    edge(value[r], mean[r]);
                    for (const int s : score) edge(s, mean[r]);
                }
            }
            const std::vector<int> output = image(head.output, mean);
            for (std::size_t c = 0; c < output.size(); ++c) edge(output[c], z[at][c]);
        }
    }
    Vectors after_feed_forward(const FeedForward& part, const Vectors& y) {
        const Vectors input = normed(part.norm, Norm::Placement::pre, y);
        Vectors z = sums();
        for (std::size_t p = 0; p < y.size(); ++p) {
            std::vector<int> x = input[p];
            for (std::size_t k = 0; k < part.maps.size(); ++k) {
                x = image(part.maps[k], x);
                if (k > 0 || !part.gate) continue;
                const std::vector<int> gate = image(*part.gate, input[p]);
                for (std::size_t r = 0; r < x.size(); ++r) edge(gate[r], x[r]);
            }
            for (std::size_t c = 0; c < x.size(); ++c) edge(x[c], z[p][c]);
        }
        if (part.residual) add(y, z);
        return normed(part.norm, Norm::Placement::post, z);
    }
    void reach(int answer) {
        reached_.assign(from_.size(), false);
        std::vector<int> open{answer};
        while (!open.empty()) {
            const auto v = static_cast<std::size_t>(open.back());
            open.pop_back();
            if (reached_[v]) continue;
            reached_[v] = true;
            open.insert(open.end(), from_[v].begin(), from_[v].end());
        }
    }

    const Transformer& t_;
    const std::int64_t n_;
    std::vector<std::vector<int>> from_;
    std::vector<Vectors> boundaries_;
    std::vector<bool> reached_;
};

/// Zeros here and there, norms and gates, so that there is something not to need.
Transformer sparse_model(base::Random& random, AttentionKind kind) {
    attest::tests::RandomModelOptions options;
    options.kind = kind;
    options.layers = 1 + random.below(3);
    options.heads = 1 + random.below(2);
    options.dimension = 2 + random.below(4);
    Transformer t = attest::tests::random_model(random, options);
    if (random.chance(1, 2)) t = attest::tests::with_version_2(random, std::move(t), 12, kind != AttentionKind::hard);
    const auto thin = [&](exact::AffineMap& map) {
        for (auto& row : map.weight.rows) {
            if (random.chance(1, 4)) row.clear();
            std::erase_if(row, [&](const auto&) { return random.chance(1, 3); });
        }
    };
    for (Layer& layer : t.layers) {
        if (layer.attention)
            for (Head& head : layer.attention->heads) {
                thin(head.value), thin(head.output);
                if (head.query) thin(*head.query), thin(*head.key);
            }
        if (layer.feedforward)
            for (exact::AffineMap& map : layer.feedforward->maps) thin(map);
    }
    for (std::size_t c = 0; !t.readout.classes && c < t.dimension; ++c)
        if (random.chance(1, 3)) t.readout.weight[c] = 0;
    return t;
}

std::optional<Norm> maybe_norm(base::Random& random, std::size_t d) {
    if (!random.chance(1, 3)) return std::nullopt;
    Norm norm;
    norm.placement = random.chance(1, 2) ? Norm::Placement::pre : Norm::Placement::post;
    norm.eps = 1;
    norm.gain.assign(d, 1), norm.bias.assign(d, 0);
    return norm;
}

/// What only softmax models have.
void add_norms_and_gates(base::Random& random, Transformer& t) {
    if (random.chance(1, 4))
        t.final_norm = Norm{.eps = 1, .gain = exact::Vector(t.dimension, 1), .bias = exact::Vector(t.dimension)};
    for (Layer& layer : t.layers) {
        if (layer.attention) layer.attention->norm = maybe_norm(random, t.dimension);
        if (!layer.feedforward) continue;
        layer.feedforward->norm = maybe_norm(random, t.dimension);
        if (layer.feedforward->maps.size() == 2 && random.chance(1, 2)) {
            layer.feedforward->gate = layer.feedforward->maps[0];
            for (auto& row : layer.feedforward->gate->weight.rows)
                std::erase_if(row, [&](const auto&) { return random.chance(1, 2); });
        }
    }
}

/// A model of the layers from boundary b on that begins with given vectors.
Transformer from_boundary(Transformer t, std::size_t b, const std::vector<exact::Vector>& vectors) {
    t.layers.erase(t.layers.begin(), t.layers.begin() + static_cast<std::ptrdiff_t>(b));
    for (exact::Vector& e : t.embedding) e.assign(t.dimension, 0);
    if (t.begin) t.begin_embedding.assign(t.dimension, 0);
    if (t.end) t.end_embedding.assign(t.dimension, 0);
    t.position.clear();
    t.position_table = PositionTable{vectors, 1};
    return t;
}

}  // namespace

TEST_CASE("what is needed is from where a path of entries leads to the readout", "[need]") {
    base::Random random(attest::tests::seed());
    std::size_t left_out = 0, kept = 0;
    for (int round = 0; round < 400; ++round) {
        Transformer model = sparse_model(random, round % 2 == 0 ? AttentionKind::softmax : AttentionKind::average);
        if (round % 2 == 0) add_norms_and_gates(random, model);
        INFO("seed " << attest::tests::seed() << ", round " << round << "\n" << formats::write_model(model));
        for (std::int64_t length = 0; length <= 4; ++length) {
            const std::int64_t n = model.sequence_length(length);
            if (n == 0) continue;
            const AtLength at(model, length);
            const Graph graph(*at, n);
            const Need need(*at, n), positions(*at, n, Need::Detail::positions);
            for (std::size_t b = 0; b <= at->layers.size(); ++b)
                for (std::int64_t p = 1; p <= n; ++p) {
                    REQUIRE(need.at(b, p).empty() ==
                            !std::count(need.at(b, p).marked.begin(), need.at(b, p).marked.end(), true));
                    for (std::size_t c = 0; c < at->dimension; ++c) {
                        INFO("boundary " << b << ", position " << p << ", coordinate " << c << ", length " << length);
                        REQUIRE(need.at(b, p).marked[c] == graph.needed(b, p, c));
                        ++(need.at(b, p).marked[c] ? kept : left_out);
                        if (need.at(b, p).marked[c]) REQUIRE(positions.needed(b, p));
                    }
                }
        }
    }
    CHECK(left_out > 1000);
    CHECK(kept > 1000);
}

TEST_CASE("by masks alone, a position is needed if a walk of queries and keys leads to it", "[need]") {
    base::Random random(attest::tests::seed());
    for (int round = 0; round < 200; ++round) {
        const Transformer model = sparse_model(random, AttentionKind::average);
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(5)), n = model.sequence_length(length);
        const AtLength at(model, length);
        const Need need(*at, n, Need::Detail::positions);
        const auto read = at->read_positions(n);
        std::set<std::int64_t> reached(read.begin(), read.end());
        for (std::size_t b = at->layers.size();; --b) {
            INFO("seed " << attest::tests::seed() << ", round " << round << ", boundary " << b);
            REQUIRE(need.positions(b) == std::vector<std::int64_t>(reached.begin(), reached.end()));
            if (b == 0) break;
            const std::set<std::int64_t> queries = reached;
            if (at->layers[b - 1].attention)
                for (const Head& head : at->layers[b - 1].attention->heads)
                    for (const std::int64_t i : queries)
                        for (std::int64_t j = 1; j <= n; ++j)
                            if (allows(at->layers[b - 1].attention->mask_of(head), i, j)) reached.insert(j);
        }
    }
}

TEST_CASE("what is not needed may be anything", "[need]") {
    base::Random random(attest::tests::seed());
    std::size_t changed = 0;
    for (int round = 0; round < 300; ++round) {
        const AttentionKind kind = round % 2 == 0 ? AttentionKind::hard : AttentionKind::average;
        const Transformer model = sparse_model(random, kind);
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(4)), n = model.sequence_length(length);
        const AtLength at(model, length);
        const Need need(*at, n);
        for (std::size_t b = 0; b <= at->layers.size(); ++b) {
            std::vector<exact::Vector> vectors(static_cast<std::size_t>(n), exact::Vector(at->dimension)), other;
            for (exact::Vector& v : vectors)
                for (exact::Rational& x : v) x = static_cast<long>(random.below(7)) - 3;
            other = vectors;
            for (std::int64_t p = 1; p <= n; ++p)
                for (std::size_t c = 0; c < at->dimension; ++c)
                    if (!need.at(b, p).marked[c])
                        other[static_cast<std::size_t>(p - 1)][c] = static_cast<long>(random.below(7)) - 3, ++changed;
            INFO("seed " << attest::tests::seed() << ", round " << round << ", boundary " << b);
            const language::Word word(static_cast<std::size_t>(length), 0);
            REQUIRE(network::tests::naive_logits(from_boundary(*at, b, vectors), word) ==
                    network::tests::naive_logits(from_boundary(*at, b, other), word));
        }
    }
    CHECK(changed > 1000);
}

TEST_CASE("a mask leaves the positions that it allows", "[need]") {
    for (const Mask mask : {Mask::none, Mask::causal, Mask::strict, Mask::future, Mask::strict_future})
        for (std::int64_t n = 1; n <= 6; ++n)
            for (std::int64_t i = 1; i <= n; ++i)
                for (std::int64_t j = 1; j <= n; ++j) {
                    const Span span = seen(mask, i, n);
                    CHECK(allows(mask, i, j) == (span.first <= j && j <= span.last));
                }
}
