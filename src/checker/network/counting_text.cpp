#include "checker/network/counting_text.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/network/comparing_text.hpp"
#include "checker/network/count_form.hpp"

// FORMAT.md, section 37. A form is its coefficients: of 1, of the counts, and of the units that have a name so far.

namespace attest::checker {
namespace {

using Forms = std::vector<Vector>;

bool is_zero(const Affine& map) {
    return std::all_of(map.weight.rows.begin(), map.weight.rows.end(), [](const auto& row) { return row.empty(); }) &&
           std::all_of(map.bias.begin(), map.bias.end(), [](const KeptRational& b) { return b.is_zero(); });
}

void require_equal_weights(const Attention& attention, Budget& budget) {
    require_plain(attention, budget);
    for (const Head& head : attention.heads) {
        if (head.mask != Mask::none && head.mask != Mask::causal)
            refuse_model(head.place, "the mask is none or causal");
        if (head.query && !is_zero(*head.query) && !is_zero(*head.key))
            refuse_model(head.place, "the scores are not all 0");
        if (!number_of(head.bias, budget)) refuse_model(head.place, "the bias is a number");
    }
}

/// The layer that attends.
std::size_t require_kind(const Model& model, Budget& budget) {
    require_plain(model, budget);
    for (const Expression& e : model.position)
        if (!number_of(e, budget)) refuse_model("position", "the coordinates are numbers");
    std::vector<std::size_t> attending;
    for (std::size_t l = 0; l < model.layers.size(); ++l) {
        const Layer& layer = model.layers[l];
        if (layer.attention) {
            attending.push_back(l);
            require_equal_weights(*layer.attention, budget);
        }
    }
    if (attending.size() != 1) refuse_model("layers", "one layer attends");
    return attending[0];
}

class CountingText {
  public:
    CountingText(const Model& model, std::size_t attending, Budget& budget)
        : model_(model), attending_(attending), budget_(budget), names_(model.alphabet.size() + 1) {}

    std::string write() {
        std::string all = "alphabet";
        std::string out = "out = ";
        for (const Symbol& symbol : model_.alphabet) all += " " + quoted_symbol(symbol);
        all += "\n";
        for (std::size_t a = 0; a < model_.alphabet.size(); ++a)
            all += "t" + std::to_string(a + 1) + " = #[Q(" + quoted_symbol(model_.alphabet[a]) + ")]\n";
        const std::size_t cases = model_.end ? 1 : model_.alphabet.size();
        for (std::size_t k = 0; k < cases; ++k) {
            const std::string name = "s" + std::to_string(k + 1);
            const Vector score = score_of(model_.end ? *model_.end : model_.alphabet[k]);
            all += units_ + name + " = 0 < " + text_of(score) + "\n";
            units_.clear();
            if (!model_.end) out += (k == 0 ? "" : " | ") + ("Q(" + quoted_symbol(model_.alphabet[k])) + ") & ";
            out += name;
        }
        return all + out + "\n";
    }

  private:
    Vector below(const Symbol& symbol) {
        Vector y = rationals(model_.embedding.at(symbol));
        for (std::size_t c = 0; c < model_.position.size(); ++c) y[c] += *number_of(model_.position[c], budget_);
        for (std::size_t l = 0; l < attending_; ++l) {
            const auto& part = model_.layers[l].feedforward;
            if (!part) continue;
            Vector next = (*part)(y, budget_);
            if (part->residual) add_to(next, y, budget_);
            y = std::move(next);
        }
        return y;
    }

    /// x times the number of positions.
    Vector times_positions(const Rational& x) const {
        Vector form(model_.alphabet.size() + 1, x);
        form[0] = x * ((model_.begin ? 1 : 0) + (model_.end ? 1 : 0));
        return form;
    }

    Vector score_of(const Symbol& last) {
        Forms y = attend(last);
        for (std::size_t l = attending_; l < model_.layers.size(); ++l)
            if (model_.layers[l].feedforward) y = fed_forward(*model_.layers[l].feedforward, y);
        Vector score = times_positions(*number_of(model_.readout.bias[0], budget_));
        for (const auto& entry : model_.readout.weight.rows[0])
            accumulate(score, entry.value.rational(), y[entry.column], budget_);
        return score;
    }

    Forms attend(const Symbol& last) {
        const Attention& attention = *model_.layers[attending_].attention;
        Forms y(model_.dimension, Vector(names_));
        const auto sees = [&](const Symbol& symbol, std::size_t name) {
            const Vector from = below(symbol);
            for (const Head& head : attention.heads) {
                const Vector added = head.output(head.value(from, budget_), budget_);
                for (std::size_t c = 0; c < added.size(); ++c) y[c][name] += added[c];
            }
        };
        for (std::size_t a = 0; a < model_.alphabet.size(); ++a) sees(model_.alphabet[a], a + 1);
        if (model_.begin) sees(*model_.begin, 0);
        if (model_.end) sees(*model_.end, 0);
        if (!attention.residual) return y;
        const Vector own = below(last);
        for (std::size_t c = 0; c < own.size(); ++c) accumulate(y[c], 1, times_positions(own[c]), budget_);
        return y;
    }

    Forms fed_forward(const FeedForward& part, const Forms& y) {
        Forms x = y;
        for (std::size_t m = 0; m < part.maps.size(); ++m) {
            if (m > 0)
                for (Vector& form : x) form = rectified(form);
            Forms next;
            for (std::size_t r = 0; r < part.maps[m].outputs(); ++r) {
                next.push_back(
                    times_positions(part.maps[m].bias.empty() ? Rational(0) : part.maps[m].bias[r].rational()));
                for (const auto& entry : part.maps[m].weight.rows[r])
                    accumulate(next.back(), entry.value.rational(), x[entry.column], budget_);
            }
            x = std::move(next);
        }
        for (std::size_t c = 0; part.residual && c < y.size(); ++c) accumulate(x[c], 1, y[c], budget_);
        return x;
    }

    Vector rectified(const Vector& form) {
        const auto positive = [](const Rational& x) { return x > 0; };
        const auto negative = [](const Rational& x) { return x < 0; };
        if (std::none_of(form.begin(), form.end(), negative)) return form;
        if (std::none_of(form.begin(), form.end(), positive)) return {};
        const std::string name = "r" + std::to_string(names_ - model_.alphabet.size());
        units_ += name + " = max(0, " + text_of(form) + ")\n";
        budget_.memory(64 + units_.size() / 64);
        Vector unit(++names_);
        unit.back() = Rational(1) / denominator(form);
        return unit;
    }

    /// A form times the least number that makes it whole.
    std::string text_of(const Vector& form) const {
        const std::size_t counts = model_.alphabet.size();
        return form_text(
            form, denominator(form),
            [&](std::size_t k) { return k <= counts ? "t" + std::to_string(k) : "r" + std::to_string(k - counts); },
            budget_);
    }

    const Model& model_;
    std::size_t attending_;
    Budget& budget_;
    std::size_t names_;  ///< 1, counts and units
    std::string units_;
};

}  // namespace

std::string counting_text(const Model& model, Budget& budget) {
    std::size_t attending = 0;
    try {
        attending = require_kind(model, budget);
    } catch (const Defect&) {
        if (!may_compare(model)) throw;
        return comparing_text(model, budget);
    }
    return CountingText(model, attending, budget).write();
}

}  // namespace attest::checker
