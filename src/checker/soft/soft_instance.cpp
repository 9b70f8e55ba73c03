#include "checker/soft/soft_instance.hpp"

#include "checker/kernel/defect.hpp"

namespace attest::checker {
namespace {

Interval enclose_at(const Expression& expression, const Bindings& at, const std::string& place, mpfr_prec_t bits,
                    Budget& budget) {
    try {
        return expression.enclose(at, bits, budget);
    } catch (const Defect& defect) {
        throw Defect(place, std::string(defect.what()) + " at i = " + std::to_string(at.i) +
                                ", j = " + std::to_string(at.j) + ", n = " + std::to_string(at.n));
    }
}

class Enclosing {
  public:
    Enclosing(const Model& model, std::size_t length, mpfr_prec_t bits, bool has_maps, Budget& budget)
        : model_(model), bits_(bits), has_maps_(has_maps), budget_(budget) {
        static_cast<Shape&>(result_) = shape_of(model, length, budget);
        result_.bits = bits;
    }

    SoftInstance run() {
        budget_.memory(result_.n, number_bytes() * (2 * model_.dimension + 8 * (result_.stack.size() + 1)));
        if (has_maps_) result_.needs = needs_of(result_, budget_);
        if (has_maps_ || model_.embedding_norm) embed();
        result_.embedding_norm = norm(model_.embedding_norm, "model.json: norm.embedding");
        for (const Layer& each : model_.layers) result_.layers.push_back(layer(each));
        if (has_maps_) result_.final_norm = norm(model_.final_norm, "model.json: norm.final");
        result_.logits = logits();
        return std::move(result_);
    }

  private:
    std::uint64_t number_bytes() const { return 96 + static_cast<std::uint64_t>(bits_) / 4; }

    void embed() {
        for (const Symbol& symbol : model_.alphabet) result_.symbols.push_back(vector(model_.embedding.at(symbol)));
        if (model_.begin) result_.begin.push_back(vector(model_.embedding.at(*model_.begin)));
        if (model_.end) result_.end.push_back(vector(model_.embedding.at(*model_.end)));
        for (std::size_t p = 1; p <= result_.n; ++p) result_.position.push_back(position(p));
    }

    Interval value(const Expression& expression, const Bindings& at, const std::string& place) const {
        return enclose_at(expression, at, place, bits_, budget_);
    }

    template <typename Number>
    Intervals vector(const std::vector<Number>& numbers) const {
        Intervals result;
        budget_.memory(numbers.size(), number_bytes());
        for (const Number& number : numbers) result.emplace_back(number, bits_);
        return result;
    }

    Intervals position(std::size_t p) const {
        if (model_.table) return vector(model_.table->row(p));
        Intervals result(model_.dimension, Interval(bits_));
        for (std::size_t c = 0; c < model_.position.size(); ++c)
            result[c] = enclose_position(model_, c, p, result_.n, bits_, budget_);
        return result;
    }

    SoftMap map(const Affine& affine) const {
        SoftMap result;
        budget_.memory(affine.outputs(), number_bytes());
        for (const auto& row : affine.weight.rows) {
            auto& entries = result.rows.emplace_back();
            budget_.memory(row.size(), number_bytes());
            budget_.step(row.size(), 64);
            entries.reserve(row.size());
            for (const Matrix::Entry& entry : row) entries.push_back({entry.column, Interval(entry.value, bits_)});
        }
        result.bias = vector(affine.bias);
        result.bias.resize(result.rows.size(), Interval(bits_));
        return result;
    }

    std::optional<SoftNorm> norm(const std::optional<Norm>& norm, const std::string& place) const {
        if (!norm) return std::nullopt;
        return SoftNorm{norm->pre,          norm->rms,          norm->eps == 0, Interval(norm->eps, bits_),
                        vector(norm->gain), vector(norm->bias), place};
    }

    SoftMap logits() const {
        SoftMap result;
        if (has_maps_) result = map({model_.readout.weight, {}});
        result.bias.resize(model_.readout.weight.rows.size(), Interval(bits_));
        Bindings at;
        at.n = static_cast<long>(result_.n);
        for (std::size_t c = 0; c < result.bias.size(); ++c)
            result.bias[c] = value(model_.readout.bias[c], at, "model.json: readout.bias");
        return result;
    }

    SoftLayer layer(const Layer& layer) {
        SoftLayer result;
        if (layer.attention) {
            for (const Head& each : layer.attention->heads) result.heads.push_back(head(*layer.attention, each));
            if (has_maps_) {
                result.attention_norm = norm(layer.attention->norm, layer.place);
                for (const Vector& added : layer.attention->added) result.attention_added.push_back(vector(added));
            }
            if (layer.attention->rotary) result.rotation = rotation(*layer.attention->rotary);
        }
        if (layer.feedforward) {
            result.slope = Interval(layer.feedforward->slope, bits_);
            if (!has_maps_) return result;
            for (const Affine& each : layer.feedforward->maps) result.maps.push_back(map(each));
            if (layer.feedforward->gate) result.gate = map(*layer.feedforward->gate);
            result.feedforward_norm = norm(layer.feedforward->norm, layer.place);
            for (const Vector& added : layer.feedforward->added) result.feedforward_added.push_back(vector(added));
        }
        return result;
    }

    /// Mostly all layers turn alike.
    std::shared_ptr<const Rotation> rotation(const Rotary& rotary) {
        if (rotary_ == nullptr || *rotary_ != rotary) {
            rotation_ = std::make_shared<const Rotation>(rotary, result_.n, bits_, budget_);
            rotary_ = &rotary;
        }
        return rotation_;
    }

    SoftHead head(const Attention& attention, const Head& head) const {
        SoftHead result{.query = {},
                        .key = {},
                        .value = {},
                        .output = {},
                        .constant = {},
                        .scale = Interval(Rational(1), bits_),
                        .biases = {}};
        if (has_maps_) {
            result.value = map(head.value);
            result.output = map(head.output);
            result.constant =
                result.output(result.value(Intervals(model_.dimension, Interval(bits_)), budget_), budget_);
        }
        Bindings at;
        at.n = static_cast<long>(result_.n);
        if (head.query) {
            if (has_maps_) {
                result.query = map(*head.query);
                result.key = map(*head.key);
            }
            at.dk = static_cast<long>(head.query->outputs());
            result.scale = value(attention.scale, at, attention.place + ".scale");
            if (!result.scale.is_positive()) throw Defect(attention.place + ".scale", "the scale is not positive");
            at.dk = 0;
        }
        if (head.bias.is_constant()) {
            value(head.bias, at, head.place + ".bias");
            return result;
        }
        budget_.step(256 * result_.n, result_.n);
        budget_.memory(number_bytes() * result_.n, result_.n);
        result.biases.emplace(result_.n * result_.n, Interval(bits_));
        for (std::size_t p = 1; p <= result_.n; ++p)
            for (std::size_t j = 1; j <= result_.n; ++j) {
                if (!may_see(head.mask, p, j)) continue;
                at.i = static_cast<long>(p);
                at.j = static_cast<long>(j);
                (*result.biases)[(p - 1) * result_.n + j - 1] = value(head.bias, at, head.place + ".bias");
            }
        return result;
    }

    const Model& model_;
    const mpfr_prec_t bits_;
    const bool has_maps_;
    Budget& budget_;
    SoftInstance result_;
    const Rotary* rotary_ = nullptr;  ///< the last
    std::shared_ptr<const Rotation> rotation_;
};

}  // namespace

Intervals SoftMap::operator()(const Intervals& x, Budget& budget) const {
    Intervals y = bias;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        budget.step(1 + rows[r].size());
        for (const Entry& entry : rows[r]) y[r] += entry.value * x[entry.column];
    }
    return y;
}

bool has_blocks(const Model& model) {
    const auto several = [&](const std::optional<Norm>& norm) { return norm && norm->gain.size() < model.dimension; };
    bool found = several(model.embedding_norm) || several(model.final_norm);
    for (const Layer& layer : model.layers)
        found = found || (layer.attention && several(layer.attention->norm)) ||
                (layer.feedforward && several(layer.feedforward->norm));
    return found;
}

Interval enclose_position(const Model& model, std::size_t c, std::size_t p, std::size_t n, mpfr_prec_t bits,
                          Budget& budget) {
    Bindings at;
    at.i = static_cast<long>(p);
    at.n = static_cast<long>(n);
    return enclose_at(model.position[c], at, "model.json: position[" + std::to_string(c) + "]", bits, budget);
}

SoftInstance instantiate(const Model& model, std::size_t length, mpfr_prec_t bits, Budget& budget) {
    return Enclosing(model, length, bits, true, budget).run();
}

SoftInstance instantiate_without_maps(const Model& model, std::size_t length, mpfr_prec_t bits, Budget& budget) {
    return Enclosing(model, length, bits, false, budget).run();
}

}  // namespace attest::checker
