// A model that weighs all that it sees alike, as counts.
//
// Statement. Let positions add nothing that depends on where they are, and let one layer attend, with weights that are equal.
// Before it a position's vector is a function of its symbol. So the mean that the last position takes is (Σ t_a u_a + u)/n,
// t_a how often the symbol a stands in the word, u_a what its vector adds, u what the begin and end symbols add, n the length
// of the sequence. All that follows is computed at that one position, by maps and by max(0, ·); both go with n: n times the
// vector is a list of linear forms in the counts, of which a unit of a feed-forward part is one more name. The answer is
// whether a form is positive, which is a comparison of counts.
//
// The text is that of FORMAT.md, section 37; a checker writes the same from the model.

#include "decide/counting/averages.hpp"

#include <fmt/format.h>

#include <vector>

#include "decide/counting/count_forms.hpp"

namespace attest::counting {

namespace {

using exact::Rational;
using exact::Vector;
using network::AttentionKind;

bool is_zero(const std::optional<exact::AffineMap>& map) {
    if (!map) return true;
    for (const auto& row : map->weight.rows)
        if (!row.empty()) return false;
    for (const Rational& b : map->bias)
        if (b != 0) return false;
    return true;
}

std::optional<std::string> of_attention(const network::Attention& attention, std::size_t layer) {
    if (attention.kind != AttentionKind::average && attention.kind != AttentionKind::softmax)
        return fmt::format("layer {} has {} attention", layer, to_string(attention.kind));
    if (attention.norm || attention.rotary) return fmt::format("layer {} has a norm or turns its scores", layer);
    if (!is_number(attention.scale)) return fmt::format("the scale of layer {} is no number", layer);
    for (std::size_t h = 0; h < attention.heads.size(); ++h) {
        const network::Head& head = attention.heads[h];
        const std::string name = fmt::format("head {} of layer {}", h + 1, layer);
        const network::Mask mask = attention.mask_of(head);
        if (mask != network::Mask::none && mask != network::Mask::causal)
            return fmt::format("{} has the mask {}", name, to_string(mask));
        if (!is_zero(head.query) && !is_zero(head.key)) return name + " has scores";
        if (!is_number(head.bias)) return name + " has a bias";
    }
    return std::nullopt;
}

class Writer {
  public:
    explicit Writer(const network::Transformer& t) : t_(t), letters_(t.alphabet.size()) {}

    std::string write() {
        text_ = "alphabet";
        for (language::Symbol a = 0; a < letters_; ++a) text_ += fmt::format(" {}", quoted(a));
        text_ += "\n";
        for (language::Symbol a = 0; a < letters_; ++a) text_ += fmt::format("t{} = #[Q({})]\n", a + 1, quoted(a));
        const std::size_t cases = t_.end ? 1 : letters_;
        std::string out;
        for (std::size_t k = 0; k < cases; ++k) {
            const std::string score = whole_text(answer(t_.end ? t_.end_embedding : t_.embedding[k]));
            text_ += fmt::format("s{} = 0 < {}\n", k + 1, score);
            if (t_.end) out = "s1";
            else
                out +=
                    fmt::format("{}Q({}) & s{}", k == 0 ? "" : " | ", quoted(static_cast<language::Symbol>(k)), k + 1);
        }
        return text_ + "out = " + out + "\n";
    }

  private:
    std::string quoted(language::Symbol a) const { return quoted_symbol(t_, a); }

    /// The layers before the one that attends, of a symbol.
    Vector before(Vector y) const {
        for (std::size_t c = 0; c < t_.position.size(); ++c) y[c] += t_.position[c].evaluate({});
        for (const network::Layer& layer : t_.layers) {
            if (layer.attention) break;
            if (layer.feedforward) y = network::feed_forward(*layer.feedforward, y);
        }
        return y;
    }

    static Vector image(const network::Attention& attention, const Vector& y) {
        Vector sum(y.size());
        for (const network::Head& head : attention.heads)
            exact::add_to(sum, exact::apply(head.output, exact::apply(head.value, y)));
        return sum;
    }

    /// The score times the length of the sequence, of a word at whose last position this embedding stands.
    LinearForm answer(const Vector& last) {
        std::vector<LinearForm> y(t_.dimension);
        bool attended = false;
        for (const network::Layer& layer : t_.layers) {
            if (layer.attention) {
                y = means(*layer.attention, before(last));
                attended = true;
            }
            if (attended && layer.feedforward) y = feed_forward(*layer.feedforward, y);
        }
        LinearForm score = length_times(t_.readout.bias);
        for (std::size_t c = 0; c < y.size(); ++c) add(score, t_.readout.weight[c], y[c]);
        return score;
    }

    std::vector<LinearForm> means(const network::Attention& attention, const Vector& own) const {
        std::vector<LinearForm> y(t_.dimension);
        const auto add_image = [&](std::size_t name, const Vector& symbol) {
            const Vector u = image(attention, symbol);
            for (std::size_t c = 0; c < u.size(); ++c) add(y[c], u[c], {{name, Rational(1)}});
        };
        for (std::size_t a = 0; a < letters_; ++a) add_image(a + 1, before(t_.embedding[a]));
        if (t_.begin) add_image(0, before(t_.begin_embedding));
        if (t_.end) add_image(0, before(t_.end_embedding));
        for (std::size_t c = 0; attention.residual && c < own.size(); ++c) add(y[c], 1, length_times(own[c]));
        return y;
    }

    std::vector<LinearForm> feed_forward(const network::FeedForward& part, const std::vector<LinearForm>& y) {
        std::vector<LinearForm> x = y;
        for (std::size_t m = 0; m < part.maps.size(); ++m) {
            if (m > 0)
                for (LinearForm& form : x) form = unit(form);
            x = apply(part.maps[m], x);
        }
        for (std::size_t c = 0; part.residual && c < y.size(); ++c) add(x[c], 1, y[c]);
        return x;
    }

    std::vector<LinearForm> apply(const exact::AffineMap& map, const std::vector<LinearForm>& x) const {
        std::vector<LinearForm> result(map.outputs());
        for (std::size_t r = 0; r < result.size(); ++r) {
            if (!map.bias.empty()) result[r] = length_times(map.bias[r]);
            for (const auto& [column, weight] : map.weight.rows[r]) add(result[r], weight, x[column]);
        }
        return result;
    }

    /// max(0, ·): itself or 0 where no name can make it otherwise, else a name of its own.
    LinearForm unit(const LinearForm& form) {
        bool some_negative = false, some_positive = false;
        for (const auto& [name, times] : form) (times < 0 ? some_negative : some_positive) = true;
        if (!some_negative) return form;
        if (!some_positive) return {};
        const Rational scale = scale_of(form);
        text_ += fmt::format("r{} = max(0, {})\n", ++units_, whole_text(form));
        return {{letters_ + units_, 1 / scale}};
    }

    LinearForm length_times(const Rational& factor) const {
        LinearForm form;
        if (factor == 0) return form;
        const int markers = (t_.begin ? 1 : 0) + (t_.end ? 1 : 0);
        if (markers > 0) form[0] = factor * markers;
        for (std::size_t a = 0; a < letters_; ++a) form[a + 1] = factor;
        return form;
    }

    /// Of the form times the least number that makes it whole.
    std::string whole_text(const LinearForm& form) const {
        return form_text(scaled(form, scale_of(form)), [&](std::size_t name) {
            return fmt::format("{}{}", name <= letters_ ? "t" : "r", name <= letters_ ? name : name - letters_);
        });
    }

    const network::Transformer& t_;
    std::size_t letters_;
    std::size_t units_ = 0;
    std::string text_;
};

}  // namespace

std::optional<std::string> not_by_counts(const network::Transformer& model) {
    if (auto why = not_plain(model)) return why;
    for (std::size_t c = 0; c < model.position.size(); ++c)
        if (!is_number(model.position[c])) return fmt::format("position[{}] is no number", c);
    std::size_t attending = 0;
    for (std::size_t l = 0; l < model.layers.size(); ++l) {
        const network::Layer& layer = model.layers[l];
        if (layer.attention) {
            ++attending;
            if (auto why = of_attention(*layer.attention, l + 1)) return why;
        }
    }
    if (attending != 1) return fmt::format("{} layers attend, not one", attending);
    return std::nullopt;
}

std::string text_of_averages(const network::Transformer& model) { return Writer(model).write(); }

}  // namespace attest::counting
