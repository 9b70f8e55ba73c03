#include "context.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace attest::report {

namespace {

void number(const std::vector<Certificate>& certificates, int depth, std::vector<Claim>& claims) {
    for (const Certificate& certificate : certificates) {
        claims.push_back({&certificate, fmt::format("claim-{}", claims.size() + 1), depth, {}});
        number(certificate.parts, depth + 1, claims);
    }
}

}  // namespace

Context::Context(const Sources& s, const PageOptions& o) : sources(s), options(o) {
    number(sources.certificates, 0, claims);
    for (Claim& claim : claims) {
        by_path.emplace(place_of(claim.certificate->path), claim.id);
        if (claim.certificate->standing != Standing::accepted) continue;
        const auto [first, fresh] = by_digest.emplace(claim.certificate->digest, claim.id);
        if (!fresh) claim.original = first->second;
    }
}

void Context::figure(const Svg& drawing, const std::string& caption) {
    if (full()) {
        html.leaf("p", caption + ": not drawn, since this page is large already.", {{"class", "note"}});
        return;
    }
    const auto figure = html.element("figure");
    html.markup(drawing.element(fmt::format("drawing-{}", ++drawings)));
    html.leaf("figcaption", caption);
}

Mark mark_of(const Certificate& certificate) {
    switch (certificate.standing) {
        case Standing::refused: return {"certificate refused", "!", "alarm"};
        case Standing::not_checked: return {"not checked", "?", "open"};
        case Standing::accepted: break;
    }
    return certificate.refutes() ? Mark{"refuted", "✗", "bad"} : Mark{"verified", "✓", "good"};
}

void write_mark(Html& html, const Mark& mark) {
    const auto scope = html.element("span", {{"class", fmt::format("mark {}", mark.role)}});
    html.leaf("span", mark.sign, {{"aria-hidden", "true"}});
    html.text(std::string(" ") + mark.word);
}

void write_fact(Html& html, std::string_view name, std::string_view text) {
    html.leaf("dt", name);
    html.leaf("dd", text);
}

Html::Element scroll_region(Html& html, const std::string& label) {
    return html.element("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", label}});
}

void write_words(Html& html, std::string_view text) {
    constexpr std::size_t longest = 24, piece = 12;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" -", at), text.size());
        // Lines end at blanks and hyphens anyway; what stands between them goes in pieces that end with a whole code point.
        for (std::size_t from = at; from < end;) {
            std::size_t to = end - at <= longest ? end : std::min(from + piece, end);
            while (to < end && (static_cast<unsigned char>(text[to]) & 0xC0U) == 0x80) ++to;
            if (from > at) html.empty("wbr", {});
            html.text(text.substr(from, to - from));
            from = to;
        }
        at = text.find_first_not_of(" -", end);
        if (at == std::string_view::npos) at = text.size();
        html.text(text.substr(end, at - end));
    }
}

void write_words(Html& html, std::string_view tag, std::string_view text) {
    const auto element = html.element(tag);
    write_words(html, text);
}

void write_head(Html& html, const std::vector<std::string>& columns) {
    const auto head = html.element("thead");
    const auto row = html.element("tr");
    for (const std::string& column : columns) html.leaf("th", column, {{"scope", "col"}});
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (std::size_t k = 0; k < words.size(); ++k) {
        if (k > 0) text += between;
        text += words[k];
    }
    return text;
}

std::string shell_word(const std::string& text) {
    constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,=+@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') quoted += "'\\''";
        else quoted += c;
    }
    return quoted + "'";
}

}  // namespace attest::report
