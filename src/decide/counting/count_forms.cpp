// Linear forms in counts, their text, and what models have alike whose answers are said by counts (FORMAT.md, sections 37 and 41).

#include "decide/counting/count_forms.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

namespace attest::counting {

using exact::Rational;

void add(LinearForm& to, const Rational& times, const LinearForm& form) {
    if (times == 0) return;
    for (const auto& [name, coefficient] : form) {
        Rational& sum = to[name];
        sum += times * coefficient;
        if (sum == 0) to.erase(name);
    }
}

Rational scale_of(const LinearForm& form) {
    mpz_class scale = 1;
    for (const auto& [name, times] : form) mpz_lcm(scale.get_mpz_t(), scale.get_mpz_t(), times.get_den_mpz_t());
    return scale;
}

LinearForm scaled(const LinearForm& form, const Rational& times) {
    LinearForm result;
    add(result, times, form);
    return result;
}

std::string form_text(const LinearForm& form, const std::function<std::string(std::size_t)>& name) {
    const auto digits = [](const Rational& x) {
        std::string text = mpz_class(abs(x.get_num())).get_str();
        if (text.size() > 15)
            throw base::Unsupported("the counts of the model would be weighed by numbers of more than 15 digits");
        return text;
    };
    const auto constant = form.find(0);
    std::string text = "0";
    if (constant != form.end()) text = (constant->second < 0 ? "0 - " : "") + digits(constant->second);
    for (const auto& [at, times] : form)
        if (at != 0) text += fmt::format(" {} {}*{}", times < 0 ? "-" : "+", digits(times), name(at));
    return text;
}

std::string quoted_symbol(const network::Transformer& model, language::Symbol a) {
    const std::string& symbol = model.alphabet.symbol(a);
    if (symbol.find_first_of("\" \t\r\n") != std::string::npos || symbol.find("//") != std::string::npos)
        throw base::Unsupported(fmt::format("the symbol {} cannot stand in a C-RASP program", symbol));
    return "\"" + symbol + "\"";
}

bool is_number(const exact::Expression& e) {
    using exact::Operation;
    return !e.is_transcendental() && !e.uses(Operation::variable_i) && !e.uses(Operation::variable_j) &&
           !e.uses(Operation::variable_n) && !e.uses(Operation::variable_dk);
}

std::optional<std::string> not_plain(const network::Transformer& model) {
    if (model.max_length) return "the model is for words up to a length";
    if (model.position_table || model.embedding_norm || model.final_norm)
        return "there is a table of positions or a norm";
    const network::Readout& readout = model.readout;
    if (readout.reading != network::Readout::Reading::one || readout.position != -1 || readout.classes ||
        readout.bias_in_n)
        return "the readout is not one number at the last position";
    for (std::size_t l = 0; l < model.layers.size(); ++l) {
        const network::Layer& layer = model.layers[l];
        if (layer.repeat) return fmt::format("layer {} is repeated", l + 1);
        if (!layer.feedforward) continue;
        if (layer.feedforward->norm) return fmt::format("the feed-forward part of layer {} has a norm", l + 1);
        if (layer.feedforward->gate || layer.feedforward->activation.kind != exact::Activation::Kind::relu)
            return fmt::format("the feed-forward part of layer {} has another activation than relu", l + 1);
    }
    return std::nullopt;
}

}  // namespace attest::counting
