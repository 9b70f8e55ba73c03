#include "manifest.hpp"

#include "attest/base/error.hpp"
#include "base/digest.hpp"
#include "base/json_text.hpp"

namespace attest::certify {

Manifest::Manifest(Place place, Json claim, Json provenance, const base::Limits& limits)
    : place_(std::move(place)),
      limits_(limits),
      document_{{"format", "attest/certificate"}, {"version", 1}, {"claim", std::move(claim)}} {
    document_["assumptions"] = Json::array();
    document_["provenance"] = std::move(provenance);
}

void Manifest::write(const std::string& name, std::string_view bytes) {
    if (!goes_on()) return;
    place_.write(name, bytes);
    files_.push_back({{"name", name}, {"bytes", bytes.size()}, {"sha256", base::sha256(bytes)}});
}

std::string Manifest::finish() {
    if (!goes_on()) return {};
    const std::string blank(64, '0');
    document_["files"] = files_;
    document_["digest"] = blank;
    std::string text = base::json_text(document_, 1) + "\n";
    // The digest is of the text with the digest blank; the member is the last one, so the last match is it.
    const std::size_t at = text.rfind(blank);
    if (at == std::string::npos) throw base::InternalError("the manifest has no place for its digest");
    std::string digest = base::sha256(text);
    text.replace(at, blank.size(), digest);
    place_.write("manifest.json", text);
    return digest;
}

}  // namespace attest::certify
