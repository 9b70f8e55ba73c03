#include "report/html.hpp"

#include "report/markup.hpp"

namespace attest::report {

Html::Element::~Element() { page_.out_ += "</" + tag_ + ">\n"; }

void Html::open(std::string_view tag, const Attributes& attributes) {
    out_ += '<';
    out_ += tag;
    for (const auto& [name, value] : attributes) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"" + escaped(value) + '"';
    }
}

Html::Element Html::element(std::string_view tag, const Attributes& attributes) {
    open(tag, attributes);
    out_ += '>';
    return {*this, tag};
}

void Html::leaf(std::string_view tag, std::string_view text, const Attributes& attributes) {
    const Element scope = element(tag, attributes);
    this->text(text);
}

void Html::empty(std::string_view tag, const Attributes& attributes) {
    open(tag, attributes);
    out_ += "/>\n";
}

void Html::text(std::string_view text) { out_ += escaped(text); }

void Html::lines(std::string_view text) {
    const Element scope = element("pre");
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        this->text(text.substr(0, end));
        if (end == std::string_view::npos) break;
        out_ += '\n';
        text.remove_prefix(end + 1);
    }
}

}  // namespace attest::report
