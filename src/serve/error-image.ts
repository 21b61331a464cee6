import { FAULTS, type Fault, type FaultCode } from "../faults.ts";
import { encodeValue } from "../protocol/percent.ts";
import { Stopwatch } from "../render/stopwatch.ts";
import { refuseProblems } from "./incoming.ts";
import { makePicture } from "./picture.ts";
import { pictureHeaders } from "./picture-headers.ts";
import { pictureReply } from "./picture-reply.ts";
import { faultOf, messageOf, uncachedPictureHeaders } from "./replies.ts";
import type { CatalogSite } from "./site.ts";
import { standInRequest } from "./stand-in.ts";
import { answeredEarly } from "./streamed-reply.ts";
import { deadlineOf, type Visit } from "./visit.ts";

/** Nobody is there who would see it, or what was asked for is not answered at all. */
const WITHOUT_PICTURE: readonly FaultCode[] = ["clientGone", "methodRefused", "catalogWanted"];

/**
 * The picture that `ErrorImage` has answered in place of an error: status 200, never to be kept. It is the request of that
 * object, with the variables `$error.title$` and `$error.message$`.
 *
 * Undefined where there is to be none, or it fails in turn; and for what is not the request's doing: who had no time for a
 * picture, or no storage, does not make another one.
 *
 * Source: protocol.md 7.4, A-55.
 */
export async function errorImage(fault: Fault, visit: Visit, site: CatalogSite): Promise<Response | undefined> {
  const { ErrorImage, ErrorDetail, ImageTimeout } = site.settings;
  const { who, title } = FAULTS[fault.code];
  const isAnothers = who !== "request" && who !== "limit";
  if (ErrorImage === "" || isAnothers || WITHOUT_PICTURE.includes(fault.code)) return undefined;
  const variables = { title, message: messageOf(fault, ErrorDetail) };
  const modifiers = Object.entries(variables).map(([name, text]) => `$error.${name}=${encodeValue(text)}`);
  // What is left of the time that the request has.
  const deadline = deadlineOf(visit, ImageTimeout, "imageTimeout");
  const making = { deadline, watch: new Stopwatch() };
  return answeredEarly<Response | undefined>(visit, async (answer) => {
    try {
      const asked = standInRequest(ErrorImage, modifiers.join("&"), site);
      refuseProblems(asked.problems);
      return await makePicture(asked, site, making, (picture) => {
        // As soon as it is begun: what was found wrong by then is in the headers.
        const headed = () => ({
          headers: { ...uncachedPictureHeaders(picture.plan.output.mime), ...pictureHeaders(asked, picture.warnings) },
        });
        return pictureReply(picture, headed, { visit, site, making, answer });
      });
    } catch (second) {
      // Logged, where it is nobody's fault but ours.
      faultOf(second);
      return undefined;
    } finally {
      deadline.end();
    }
  });
}
