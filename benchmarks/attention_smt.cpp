#include "attention_smt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::benchmarks {

namespace {

class Encoder {
  public:
    Encoder(const Subject& subject, std::int64_t length)
        : subject_(subject), t_(subject.model.transformer), length_(length), n_(t_.sequence_length(length)) {}

    std::string encode() {
        declare_symbols();
        embed();
        for (std::size_t l = 0; l < t_.layers.size(); ++l) advance(l);
        const Terms& read = y_[static_cast<std::size_t>(t_.readout_position(n_) - 1)];
        Terms parts{t_.readout.bias};
        for (std::size_t c = 0; c < t_.dimension; ++c) parts.push_back(times(t_.readout.weight[c], read[c]));
        const Formula accepts = less(exact::Rational(0), sum(parts));
        script_.assert_formula(
            fmt::format("(xor {} {})", accepts, language_formula(script_, subject_.language, meant())));
        return std::move(script_).finish();
    }

  private:
    void declare_symbols() {
        const std::size_t m = t_.alphabet.size();
        for (std::int64_t i = 1; i <= length_; ++i) {
            auto& here = present_.emplace_back();
            if (m == 2) {
                const Formula one = script_.declare_bool(fmt::format("x{}", i));
                here = {negation(one), one};
                continue;
            }
            for (std::size_t a = 0; a < m; ++a) here.push_back(script_.declare_bool(fmt::format("x{}_{}", i, a)));
            script_.assert_formula(some_of(here));
            for (std::size_t a = 0; a < m; ++a)
                for (std::size_t b = a + 1; b < m; ++b)
                    script_.assert_formula(some_of({negation(here[a]), negation(here[b])}));
        }
    }

    Symbols meant() const {
        Symbols result;
        for (const auto& here : present_) {
            std::vector<std::vector<Formula>> ways(subject_.language.alphabet().size());
            for (std::size_t a = 0; a < here.size(); ++a) ways[subject_.meaning[a]].push_back(here[a]);
            auto& each = result.emplace_back();
            for (const auto& of_symbol : ways) each.push_back(some_of(of_symbol));
        }
        return result;
    }

    void embed() {
        for (std::int64_t p = 1; p <= n_; ++p) {
            const std::int64_t i = p - (t_.begin ? 1 : 0);
            Terms y;
            for (std::size_t c = 0; c < t_.dimension; ++c) {
                const Term place =
                    t_.position.empty() ? exact::Rational(0) : t_.position[c].evaluate({.i = p, .n = n_});
                y.push_back(script_.name(sum({place, symbol_part(i, c)})));
            }
            y_.push_back(std::move(y));
        }
    }

    Term symbol_part(std::int64_t i, std::size_t c) const {
        if (i < 1) return t_.begin_embedding[c];
        if (i > length_) return t_.end_embedding[c];
        Term part = t_.embedding.back()[c];
        for (std::size_t a = t_.embedding.size() - 1; a-- > 0;)
            part = if_then_else(present_[static_cast<std::size_t>(i - 1)][a], t_.embedding[a][c], part);
        return part;
    }

    bool asked(std::size_t layer, std::int64_t p) const {
        return layer + 1 < t_.layers.size() || p == t_.readout_position(n_);
    }

    void advance(std::size_t l) {
        const network::Layer& layer = t_.layers[l];
        if (layer.attention) attend(l, *layer.attention);
        if (!layer.feedforward) return;
        for (std::int64_t p = 1; p <= n_; ++p)
            if (asked(l, p)) feed_forward(*layer.feedforward, y_[static_cast<std::size_t>(p - 1)]);
    }

    void feed_forward(const network::FeedForward& f, Terms& y) {
        if (f.norm) throw base::Unsupported("norms are not written as SMT-LIB");
        Terms x = y;
        for (std::size_t k = 0; k < f.maps.size(); ++k) x = script_.apply(f.maps[k], k > 0 ? script_.rectify(x) : x);
        for (std::size_t c = 0; f.residual && c < x.size(); ++c) x[c] = script_.name(sum({x[c], y[c]}));
        y = std::move(x);
    }

    void attend(std::size_t l, const network::Attention& attention) {
        if (attention.norm || attention.kind != network::AttentionKind::hard)
            throw base::Unsupported("only hard attention without norms is written as SMT-LIB");
        std::vector<Terms> next(y_.size(), Terms(t_.dimension));
        if (attention.residual) next = y_;
        for (std::size_t h = 0; h < attention.heads.size(); ++h) {
            const network::Head& head = attention.heads[h];
            std::vector<Terms> keys, contributions;
            for (const Terms& y : y_) {
                keys.push_back(head.key ? script_.apply(*head.key, y) : Terms());
                contributions.push_back(script_.apply(head.output, script_.apply(head.value, y)));
            }
            for (std::int64_t p = 1; p <= n_; ++p) {
                if (!asked(l, p)) continue;
                const Terms found = choose(l, h, p, keys, contributions);
                Terms& z = next[static_cast<std::size_t>(p - 1)];
                for (std::size_t c = 0; c < found.size(); ++c) z[c] = script_.name(sum({z[c], found[c]}));
            }
        }
        y_ = std::move(next);
    }

    Term score(const network::Attention& attention, const network::Head& head, std::int64_t i, std::int64_t j,
               const Terms& query, const Terms& key) {
        Terms parts{head.bias.evaluate({.i = i, .j = j, .n = n_})};
        const exact::Rational scale = scale_at(attention, head, n_);
        for (std::size_t c = 0; c < query.size(); ++c) parts.push_back(times(scale, times(query[c], key[c])));
        return script_.name(sum(parts));
    }

    /// What head h finds from position i.
    Terms choose(std::size_t l, std::size_t h, std::int64_t i, const std::vector<Terms>& keys,
                 const std::vector<Terms>& contributions) {
        const network::Attention& attention = *t_.layers[l].attention;
        const network::Head& head = attention.heads[h];
        const Terms query = head.query ? script_.apply(*head.query, y_[static_cast<std::size_t>(i - 1)]) : Terms();
        std::vector<std::size_t> seen;
        Terms scores;
        for (std::int64_t j = 1; j <= n_; ++j) {
            if (!network::allows(attention.mask, i, j)) continue;
            seen.push_back(static_cast<std::size_t>(j - 1));
            scores.push_back(score(attention, head, i, j, query, keys[seen.back()]));
        }
        if (seen.empty()) return Terms(t_.dimension);
        std::vector<Formula> chosen;
        for (std::size_t a = 0; a < seen.size(); ++a) {
            std::vector<Formula> beats;
            for (std::size_t b = 0; b < seen.size(); ++b) {
                const bool loses_ties = attention.tie == network::Tie::left ? b < a : b > a;
                if (a != b) beats.push_back(loses_ties ? less(scores[b], scores[a]) : at_most(scores[b], scores[a]));
            }
            const Formula wins = all_of(beats);
            if (wins == "true" || wins == "false") {
                chosen.push_back(wins);
                continue;
            }
            chosen.push_back(script_.declare_bool(fmt::format("chooses_{}_{}_{}_{}", l + 1, h + 1, i, seen[a] + 1)));
            script_.assert_formula(fmt::format("(= {} {})", chosen.back(), wins));
        }
        script_.assert_formula(some_of(chosen));
        Terms found = contributions[seen.back()];
        for (std::size_t a = seen.size() - 1; a-- > 0;)
            for (std::size_t c = 0; c < found.size(); ++c)
                found[c] = if_then_else(chosen[a], contributions[seen[a]][c], found[c]);
        return found;
    }

    const Subject& subject_;
    const network::Transformer& t_;
    std::int64_t length_, n_;
    Script script_;
    std::vector<std::vector<Formula>> present_;  // [position of the word][symbol]
    std::vector<Terms> y_;                       // [position from 0][coordinate]
};

}  // namespace

std::string attention_smt(const Subject& subject, std::int64_t length) { return Encoder(subject, length).encode(); }

}  // namespace attest::benchmarks
