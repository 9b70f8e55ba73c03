#include "checker/network/count_form.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, sections 37 and 41: the texts of forms, and the models that they are about.

namespace attest::checker {

void refuse_model(const std::string& place, const std::string& reason) {
    throw Defect("model.json" + (place.empty() ? "" : ": " + place), reason);
}

std::optional<Rational> number_of(const Expression& e, Budget& budget) {
    if (!e.is_constant() || e.is_transcendental()) return std::nullopt;
    return e.value({}, budget);
}

void require_plain(const Model& model, Budget& budget) {
    if (model.max_length || model.table || model.embedding_norm || model.final_norm)
        refuse_model("", "there is a greatest length, a table of positions, or a norm");
    const Readout& readout = model.readout;
    if (readout.where != Readout::Where::position || readout.position != -1 || readout.has_classes() ||
        !number_of(readout.bias[0], budget))
        refuse_model("readout", "the readout is one number, by numbers, at position -1");
    for (const Layer& layer : model.layers) {
        const auto repeat = number_of(layer.repeat, budget);
        if (!repeat || *repeat != 1) refuse_model(layer.place, "a layer that is repeated");
        if (layer.feedforward && (layer.feedforward->gate || layer.feedforward->norm ||
                                  layer.feedforward->activation != ActivationFunction::relu))
            refuse_model(layer.place, "a gate, a norm, or another activation than relu");
    }
}

void require_plain(const Attention& attention, Budget& budget) {
    if (attention.kind != Kind::average && attention.kind != Kind::softmax)
        refuse_model(attention.place, "attention is average or softmax");
    if (attention.norm || attention.rotary) refuse_model(attention.place, "there is a norm or rotary");
    const auto scale = number_of(attention.scale, budget);
    if (!scale || *scale <= 0) refuse_model(attention.place, "the scale is a positive number");
}

std::string quoted_symbol(const Symbol& symbol) {
    if (symbol.find_first_of("\" \t\r\n") != std::string::npos || symbol.find("//") != std::string::npos)
        refuse_model("alphabet", "a symbol that cannot stand in a program");
    return "\"" + symbol + "\"";
}

void accumulate(Vector& form, const Rational& times, const Vector& other, Budget& budget) {
    if (times == 0) return;
    if (form.size() < other.size()) {
        budget.memory(64 * (other.size() - form.size()));
        form.resize(other.size());
    }
    for (std::size_t k = 0; k < other.size(); ++k) {
        budget.step(8 + digits_of(other[k]) * digits_of(times));
        form[k] += times * other[k];
    }
}

mpz_class denominator(const Vector& form) {
    mpz_class all = 1;
    for (const Rational& x : form) all = lcm(all, x.get_den());
    return all;
}

std::string form_text(const Vector& form, const mpz_class& times, const std::function<std::string(std::size_t)>& name,
                      Budget& budget) {
    const auto number = [&](const Rational& x) {
        const std::string digits = mpz_class(abs(x.get_num()) * (times / x.get_den())).get_str();
        if (digits.size() > 15) refuse_model("", "a number of more than 15 digits would stand in the program");
        return digits;
    };
    std::string text = form.empty() || form[0] == 0 ? "0" : (form[0] < 0 ? "0 - " : "") + number(form[0]);
    for (std::size_t k = 1; k < form.size(); ++k) {
        budget.step(16);
        if (form[k] != 0) text += (form[k] < 0 ? " - " : " + ") + number(form[k]) + "*" + name(k);
    }
    budget.step(text.size());
    return text;
}

}  // namespace attest::checker
