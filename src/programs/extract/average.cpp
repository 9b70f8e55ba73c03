#include "average.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "counts.hpp"

// A network of average attention as C-RASP. p is the position in the sequence, the begin symbol at p = 1. Each coordinate is B + L/p:
// B an affine form over bits, L one over counts. Uniform causal attention to a bit brings (the bit at the begin + how often
// it is true in the word so far)/p. A head whose keys tell the begin symbol from all others alone, with the product D/p more
// for it, brings the begin's value where D > 0, the others' where D < 0, and a mean of both where D = 0, which for whole
// counts is seen to be never in most cases. ReLU(B + L/p) is taken apart by the values of B: |L/p| is at most the sum of L's
// coefficients, since counts are below p.

namespace attest::programs::extract {

namespace {

/// B + L/p
struct Mixed {
    Form bits, counts;
};
using Mixeds = std::vector<Mixed>;

bool is_zero(const Form& form) { return form.terms.empty() && form.constant == 0; }

void add_mixed(Mixed& a, const exact::Rational& factor, const Mixed& b) {
    add_scaled(a.bits, factor, b.bits);
    add_scaled(a.counts, factor, b.counts);
}

Mixeds map_mixed(const exact::AffineMap& map, const Mixeds& y) {
    Mixeds rows(map.outputs());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!map.bias.empty()) rows[r].bits.constant = map.bias[r];
        for (const auto& [column, value] : map.weight.rows[r]) add_mixed(rows[r], value, y[column]);
    }
    return rows;
}

class AverageReader {
  public:
    AverageReader(const network::Transformer& model, const std::string& where)
        : t_(model), where_(where), bits_(model.alphabet.size()), counts_(bits_) {}

    crasp::Program read() {
        require_form();
        embed();
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            place_ = fmt::format("layers[{}]", l);
            const network::Layer& layer = t_.layers[l];
            const long times = layer.repeat ? layer.repeat->steps()[0].constant.get_num().get_si() : 1;
            for (long k = 0; k < times; ++k) {
                if (layer.attention) attend(*layer.attention);
                if (layer.feedforward) feed_forward(*layer.feedforward);
            }
        }
        place_ = "readout";
        Mixed score;
        score.bits.constant = t_.readout.bias;
        for (std::size_t c = 0; c < y_.size(); ++c) add_mixed(score, t_.readout.weight[c], y_[c]);
        return written_out(bits_, counts_, t_.alphabet.symbols(), positive(score));
    }

  private:
    [[noreturn]] void fail(const std::string& place, const std::string& expected, const std::string& found) const {
        throw base::InputError(where_ + ":" + place, expected, found);
    }

    void require_form() const {
        if (!t_.begin) fail("begin", "a begin symbol, at which C-RASP's heads look", "none");
        if (t_.end) fail("end", "no end symbol, which C-RASP has not", "one");
        if (t_.position_table) fail("position", "1/i where a position is used", "a table");
        if (t_.embedding_norm || t_.final_norm) fail("norm", "no norm", "one");
        if (t_.readout.reading != network::Readout::Reading::one || t_.readout.position != -1)
            fail("readout.position", "\"last\", where C-RASP reads", "another");
        if (t_.readout.bias_in_n || t_.readout.classes) fail("readout", "one score with a number as bias", "another");
        for (std::size_t l = 0; l < t_.layers.size(); ++l) require_form(t_.layers[l], fmt::format("layers[{}]", l));
    }
    void require_form(const network::Layer& layer, const std::string& place) const {
        if (layer.repeat && !layer.repeat->is_constant())
            fail(place + ".repeat", "a number, since a program has as many steps at each length", layer.repeat->text());
        if (layer.feedforward) {
            if (layer.feedforward->norm) fail(place + ".feedforward.norm", "no norm", "one");
            if (layer.feedforward->gate) fail(place + ".feedforward.gate", "no gate", "one");
            if (layer.feedforward->activation.kind != exact::Activation::Kind::relu)
                fail(place + ".feedforward.activation", "relu", "another");
        }
        if (!layer.attention) return;
        const network::Attention& a = *layer.attention;
        if (a.kind != network::AttentionKind::average)
            fail(place + ".attention.kind", "average attention, which counts", network::to_string(a.kind));
        if (a.norm) fail(place + ".attention.norm", "no norm", "one");
        if (a.rotary) fail(place + ".attention.rotary", "no rotary positions", "some");
        for (std::size_t h = 0; h < a.heads.size(); ++h) {
            const std::string head = fmt::format("{}.attention.heads[{}]", place, h);
            if (a.mask_of(a.heads[h]) != network::Mask::causal)
                fail(head + ".mask", "causal, by which #[…] counts", network::to_string(a.mask_of(a.heads[h])));
            if (!a.heads[h].bias.is_constant())
                fail(head + ".bias", "scores that depend on no position", a.heads[h].bias.text());
        }
    }

    void embed() {
        y_.resize(t_.dimension);
        const auto add = [&](const exact::Vector& vector, Literal literal) {
            for (std::size_t c = 0; c < vector.size(); ++c) add_scaled(y_[c].bits, vector[c], form_of(literal));
        };
        for (std::size_t s = 0; s < t_.alphabet.size(); ++s)
            add(t_.embedding[s], bits_.symbol(static_cast<std::uint32_t>(s)));
        add(t_.begin_embedding, bits_.begin());
        for (std::size_t c = 0; c < t_.position.size(); ++c) {
            const exact::Expression& e = t_.position[c];
            std::string text = e.text();
            std::erase(text, ' ');
            if (e.is_constant()) y_[c].bits.constant += e.steps()[0].constant;
            else if (text == "1/i" || text == "1/(i*[n>1])") y_[c].counts.constant += 1;
            else fail(fmt::format("position[{}]", c), "1/i or a number, which C-RASP has", base::quoted(e.text(), 40));
        }
    }

    // Rectification.

    void feed_forward(const network::FeedForward& part) {
        Mixeds x = map_mixed(part.maps[0], y_);
        for (std::size_t m = 1; m < part.maps.size(); ++m) {
            for (Mixed& form : x) form = rectified(form);
            x = map_mixed(part.maps[m], x);
        }
        if (part.residual)
            for (std::size_t c = 0; c < x.size(); ++c) add_mixed(x[c], 1, y_[c]);
        y_ = std::move(x);
    }

    /// 1 is the number of positions, the begin symbol among them, in units of 1/p.
    void count_constant(Mixed& form) {
        if (!form.bits.terms.empty() || form.bits.constant == 0) return;
        add_scaled(form.counts, form.bits.constant, counts_.before(yes));
        form.counts.constant += form.bits.constant;
        form.bits.constant = 0;
    }
    /// The same where a constant does not outweigh the counts beside it.
    Mixed with_constant_counted(Mixed form) {
        if (!is_zero(form.counts) && counts_.bound(form.counts) > abs(form.bits.constant)) count_constant(form);
        return form;
    }

    Mixed rectified(const Mixed& mixed) {
        const Mixed form = with_constant_counted(mixed);
        Mixed sum;
        if (is_zero(form.counts)) {
            sum.bits = extract::rectified(bits_, form.bits, place_);
            return sum;
        }
        for (const Case& one : cases(bits_, {form.bits}, place_)) {
            const exact::Rational& b = one.values[0];
            if (counts_.bound(form.counts) > abs(b)) {
                const Form counted = with_counted(b, form.counts);
                add_scaled(sum.counts, 1, counts_.choice(one.when, counts_.positive(counted)));
                continue;
            }
            if (b < 0) continue;
            add_scaled(sum.bits, b, form_of(one.when));
            add_scaled(sum.counts, 1, counts_.choice(one.when, form.counts));
        }
        return sum;
    }

    /// Whether the sign of B + L/p is that of B.
    bool is_apart(const exact::Rational& b, const Form& counts) const { return counts_.bound(counts) < abs(b); }
    /// b + L/p as counts: b is p times b/p.
    Form with_counted(const exact::Rational& b, Form counts) {
        if (b == 0) return counts;
        add_scaled(counts, b, counts_.before(yes));
        counts.constant += b;
        return counts;
    }

    Literal positive(const Mixed& mixed) {
        const Mixed form = with_constant_counted(mixed);
        if (is_zero(form.counts)) return extract::positive(bits_, form.bits, place_);
        Literal any = no;
        for (const Case& one : cases(bits_, {form.bits}, place_)) {
            const exact::Rational& b = one.values[0];
            Literal is = b > 0 ? yes : no;
            if (!is_apart(b, form.counts)) is = counts_.is_positive(with_counted(b, form.counts), false);
            any = bits_.either(any, bits_.both(one.when, is));
        }
        return any;
    }

    // Attention.

    void attend(const network::Attention& a) {
        Mixeds z(t_.dimension);
        for (std::size_t h = 0; h < a.heads.size(); ++h) {
            const network::Head& head = a.heads[h];
            const std::string place = fmt::format("{}.attention.heads[{}]", place_, h);
            const Mixeds values = map_mixed(head.value, y_);
            const Mixed more = for_begin(head, place);
            Mixeds rows;
            for (const Mixed& value : values)
                rows.push_back(is_zero(more.bits) && is_zero(more.counts) ? mean(value, place)
                                                                          : compared(value, more, place));
            const Mixeds out = map_mixed(head.output, rows);
            for (std::size_t c = 0; c < z.size(); ++c) add_mixed(z[c], 1, out[c]);
        }
        if (a.residual)
            for (std::size_t c = 0; c < z.size(); ++c) add_mixed(z[c], 1, y_[c]);
        y_ = std::move(z);
    }

    /// By how much the score of the begin symbol is more than that of all others, which are equal.
    Mixed for_begin(const network::Head& head, const std::string& place) {
        Mixed more;
        if (!head.query) return more;
        const Mixeds query = map_mixed(*head.query, y_), key = map_mixed(*head.key, y_);
        const auto begin = static_cast<std::uint32_t>(Bits::number(bits_.begin()));
        for (std::size_t r = 0; r < query.size(); ++r) {
            Form of_others = key[r].bits;
            of_others.terms.erase(begin);
            const bool tells_more = !of_others.terms.empty() || !is_zero(key[r].counts);
            if (tells_more && !(is_zero(query[r].bits) && is_zero(query[r].counts)))
                fail(place + ".key", "keys that tell the begin symbol from all others, which are alike", "others");
            const auto at = key[r].bits.terms.find(begin);
            if (at != key[r].bits.terms.end()) add_mixed(more, at->second, query[r]);
        }
        count_constant(more);
        return more;
    }

    Mixed mean(const Mixed& value, const std::string& place) {
        if (!is_zero(value.counts)) fail(place + ".value", "Booleans for a head that counts", "a count");
        Mixed sum;
        sum.bits.constant = value.bits.constant;
        for (const auto& [atom, factor] : value.bits.terms) {
            const Literal literal = 2 * (atom + 1);
            Form times = counts_.before(literal);
            if (counts_.at_begin(literal)) times.constant += 1;
            add_scaled(sum.counts, factor, times);
        }
        return sum;
    }

    /// Where the begin symbol's score is more, as at the begin symbol itself, and where it is the same.
    std::pair<Literal, Literal> compared(const Mixed& more) {
        if (is_zero(more.bits)) return {counts_.is_positive(more.counts, true), counts_.is_zero(more.counts, false)};
        Literal greater = bits_.begin(), same = no;
        for (const Case& one : cases(bits_, {more.bits}, place_)) {
            const exact::Rational& b = one.values[0];
            if (is_apart(b, more.counts)) {
                if (b > 0) greater = bits_.either(greater, one.when);
                continue;
            }
            const Form counted = with_counted(b, more.counts);
            greater = bits_.either(greater, bits_.both(one.when, counts_.is_positive(counted, true)));
            same = bits_.either(same, bits_.both(one.when, counts_.is_zero(counted, false)));
        }
        return {greater, bits_.both(same, bits_.begin() ^ 1U)};
    }

    Mixed compared(const Mixed& value, const Mixed& more, const std::string& place) {
        const auto begin = static_cast<std::uint32_t>(Bits::number(bits_.begin()));
        Form of_others = value.bits;
        of_others.terms.erase(begin);
        if (!of_others.terms.empty() || !is_zero(value.counts))
            fail(place + ".value", "what is at the begin symbol, for a head that compares", "more");
        const auto at = value.bits.terms.find(begin);
        Mixed sum;
        sum.bits.constant = value.bits.constant;
        if (at == value.bits.terms.end()) return sum;
        const auto [greater, same] = compared(more);
        add_scaled(sum.bits, at->second, form_of(greater));
        Form one;
        one.constant = 1;
        add_scaled(sum.counts, at->second, counts_.choice(same, one));
        return sum;
    }

    const network::Transformer& t_;
    const std::string& where_;
    Bits bits_;
    Counts counts_;
    Mixeds y_;
    std::string place_;
};

}  // namespace

crasp::Program to_crasp(const network::Transformer& model, const std::string& where) {
    return AverageReader(model, where).read();
}

}  // namespace attest::programs::extract
